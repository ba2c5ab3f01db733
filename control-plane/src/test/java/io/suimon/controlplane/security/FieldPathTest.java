package io.suimon.controlplane.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FieldPathTest {

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key                          | {\"key\":\"a\"}                    | {\"key\":\"<a>\"}",
                "key                          | {\"key\":\"\"}                     | {\"key\":\"<>\"}",
                "key                          | {\"other\":\"a\"}                  | {\"other\":\"a\"}",
                "key                          | {\"key\":7}                        | {\"key\":7}",
                "key                          | {\"key\":null}                     | {\"key\":null}",
                "secret_fallbacks             | {\"secret_fallbacks\":[\"a\",1,\"b\"]}                 | {\"secret_fallbacks\":[\"<a>\",1,\"<b>\"]}",
                "headers                      | {\"headers\":{\"X\":\"a\",\"Y\":2}}                    | {\"headers\":{\"X\":\"<a>\",\"Y\":2}}",
                "auth.header                  | {\"auth\":{\"header\":{\"X\":\"a\"},\"query\":\"b\"}}  | {\"auth\":{\"header\":{\"X\":\"<a>\"},\"query\":\"b\"}}",
                "session.redis.password       | {\"session\":{\"redis\":{\"password\":\"a\"}}}         | {\"session\":{\"redis\":{\"password\":\"<a>\"}}}",
                "session.redis.password       | {\"session\":{\"redis\":\"a\"}}                        | {\"session\":{\"redis\":\"a\"}}",
                "brokers.sasl_config.password | {\"brokers\":[{\"sasl_config\":{\"password\":\"a\"}},{},{\"sasl_config\":{\"password\":\"b\"}}]} | {\"brokers\":[{\"sasl_config\":{\"password\":\"<a>\"}},{},{\"sasl_config\":{\"password\":\"<b>\"}}]}",
                "instances.auth.header        | {\"instances\":[{\"auth\":{\"header\":{\"X\":\"a\"}}}]} | {\"instances\":[{\"auth\":{\"header\":{\"X\":\"<a>\"}}}]}",
                "a.b                          | {\"a\":[[{\"b\":\"x\"}],3]}        | {\"a\":[[{\"b\":\"<x>\"}],3]}",
            })
    void leadsToTexts(String path, String json, String edited) throws Exception {
        var tree = (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));

        FieldPath.parse(path).edit(tree, (place, text) -> "<" + text + ">");

        assertThat(tree).hasToString(edited);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "key                  | {\"key\":\"a\",\"other\":\"b\"}                  | {\"other\":\"b\"}",
                "key                  | {\"key\":{\"X\":7}}                            | {}",
                "keys                 | {\"keys\":[\"a\",\"b\"]}                       | {}",
                "key                  | {\"other\":\"a\"}                             | {\"other\":\"a\"}",
                "auth.header          | {\"auth\":{\"header\":{\"X\":\"a\"},\"query\":1}} | {\"auth\":{\"query\":1}}",
                "auth.header          | {\"auth\":\"a\"}                              | {\"auth\":\"a\"}",
                "brokers.sasl.password | {\"brokers\":[{\"sasl\":{\"password\":\"a\",\"user\":1}},{},7]} | {\"brokers\":[{\"sasl\":{\"user\":1}},{},7]}",
            })
    void takesOutWhateverIsThere(String path, String json, String left) throws Exception {
        var tree = (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));

        FieldPath.parse(path).remove(tree);

        assertThat(tree).hasToString(left);
    }
}
