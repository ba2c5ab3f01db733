package io.suimon.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonMembersTest {

    private static final Map<String, Set<String>> WANTED =
            Map.of("name", Set.of(), "labels", Set.of("a", "né"), "né", Set.of());

    /** What values are made of, and what they are spoilt with. */
    private static final List<String> WORDS = List.of(
            "\"a\"",
            "\"na\\u006de\"",
            "\"caf\u00e9 \\\"\\\\\\/ \\n\"",
            "\"\t\"",
            "0",
            "-1.50",
            "10e2",
            "01",
            "1.",
            "true",
            "null",
            "nul",
            "{}",
            "[]",
            "[1,]",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\ufffd\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"name\" : \"a\" , \"x\":{\"name\":\"b\"}}\n",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"n\\u0061me\":\"a\"}",
                "{\"labels\":{\"a\":{\"b\":1},\"c\":2,\"a\":3},\"labels\":[\"a\"]}",
                "{\"labels\":{\"\\u0061\":1}}",
                "{\"name\":\"a\\/b\",\"labels\":{\"a\":[1,{\"b\":null}]}}",
                "{\"né\":\"é\",\"name\":1e2,\"labels\":-0.5}",
                "{\"name\":\"a\"",
                "{\"name\":\"a\"}}",
                "{\"name\":\"a\",}",
                "{\"name\":\"a\"} x",
                "{\"name\":\"a\",\"x\":[1}}",
                "{\"name\":\"a\",\"x\":01}",
                "{\"name\":\"a\",\"x\":1e999}",
                "{\"name\":\"a\",\"x\":nullx}",
                "{\"name",
                "{\"name\"",
                "[{\"name\":\"a\"}]",
                "\"name\"",
                "",
            })
    void areThoseTheParserFinds(String text) {
        assertReadAsParsed(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {59, 60, 61, 999, 1001, 20_000})
    void areFoundBesideWhatIsDeep(int depth) {
        var json = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"name\":\"a\"}";

        assertReadAsParsed(json.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 5000)
    void areThoseTheParserFindsWhateverTheDocument(@ForAll long seed) {
        var random = new Random(seed);
        var text = random.nextInt(8) == 0 ? value(random, 3) : object(random, 3);
        var json = text.getBytes(StandardCharsets.UTF_8);
        if (json.length > 0 && random.nextBoolean()) {
            json[random.nextInt(json.length)] =
                    random.nextBoolean() ? (byte) random.nextInt() : (byte) "{}[]\",:\\0e. ".charAt(random.nextInt(12));
        }

        assertReadAsParsed(json);
    }

    private static void assertReadAsParsed(byte[] json) {
        var parsed = parsed(json);

        var read = JsonMembers.of(WANTED).read(json);

        var text = new String(json, StandardCharsets.UTF_8);
        assertThat(read.isPresent()).as(text).isEqualTo(parsed.isPresent());
        for (var pointer : List.of("/name", "/né", "/labels/a", "/labels/né")) {
            assertThat(read.map(value -> value.at(pointer))).as(text).isEqualTo(parsed.map(value -> value.at(pointer)));
        }
    }

    private static Optional<JsonNode> parsed(byte[] json) {
        try {
            return Optional.of(Json.parse(json));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private static String object(Random random, int depth) {
        var names = List.of("name", "labels", "né", "na\\u006de", "a", "", "names");
        var object = new StringBuilder("{");
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            object.append(i == 0 ? "" : ",")
                    .append(random.nextInt(4) == 0 ? " " : "")
                    .append('"')
                    .append(names.get(random.nextInt(names.size())))
                    .append(random.nextInt(4) == 0 ? "\"\n:\t" : "\":")
                    .append(value(random, depth - 1));
        }
        return object.append(random.nextInt(4) == 0 ? " }" : "}").toString();
    }

    private static String value(Random random, int depth) {
        int sort = random.nextInt(4);
        if (depth > 0 && sort == 0) {
            return object(random, depth);
        }
        if (depth > 0 && sort == 1) {
            return "[" + value(random, depth - 1) + (random.nextBoolean() ? ", " + value(random, depth - 1) : "") + "]";
        }
        return WORDS.get(random.nextInt(random.nextInt(4) == 0 ? WORDS.size() : 6));
    }
}
