package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PatchTest {

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}               ; {}                       ; {\"a\":1}",
                "{\"a\":1,\"b\":2}       ; {\"a\":null}             ; {\"b\":2}",
                "{\"a\":{\"x\":1}}       ; {\"a\":{\"y\":2}}        ; {\"a\":{\"x\":1,\"y\":2}}",
                "{\"a\":[1,2]}           ; {\"a\":[3]}              ; {\"a\":[3]}",
                "{\"a\":[1,2]}           ; {\"a\":{\"b\":1}}        ; {\"a\":{\"b\":1}}",
                "{\"a\":{\"b\":1}}       ; {\"a\":7}                ; {\"a\":7}",
            })
    void mergesMemberByMember(String original, String patch, String merged) {
        assertThat(new Patch.Merge(object(patch)).apply(object(original)))
                .isEqualTo(new Patch.Result.Patched(object(merged)));
    }

    @ParameterizedTest(name = "{0} at {1} = {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}             ; a   ; {\"a\":9}",
                "{\"a\":1}             ; b/c ; {\"a\":1,\"b\":{\"c\":9}}",
                "{\"a\":[5]}           ; a/0 ; {\"a\":{\"1\":5,\"0\":9}}",
            })
    void replacesWhatIsAtAPath(String original, String path, String replaced) {
        assertThat(new Patch.Replace(List.of(path.split("/", -1)), json("9")).apply(object(original)))
                .isEqualTo(new Patch.Result.Patched(object(replaced)));
    }

    @Test
    void pathsDoNotLeadThroughScalars() {
        assertThat(new Patch.Replace(List.of("uri", "x"), json("9")).apply(object("{\"uri\":\"/a\"}")))
                .isEqualTo(new Patch.Result.Refused("invalid sub-path: /uri/x"));
    }

    @ParameterizedTest(name = "a path of {0} and a value {1} deep: {2}")
    @CsvSource({"100, 0, true", "101, 0, false", "1200, 0, false", "90, 10, true", "90, 11, false", "1, 1000, false"})
    void aPathMayNotLeadDeeperThanResourcesMayBe(int segments, int deep, boolean patched) {
        var patch = new Patch.Replace(
                Collections.nCopies(segments, "a"), json("[".repeat(deep) + (deep == 0 ? "1" : "") + "]".repeat(deep)));

        var result = patch.apply(object("{}"));

        assertThat(result instanceof Patch.Result.Patched).as(result.toString()).isEqualTo(patched);
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidJsonException e) {
            throw new AssertionError(e);
        }
    }
}
