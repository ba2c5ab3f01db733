package io.suimon.controlplane.document;

import io.suimon.controlplane.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class YamlTextTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a: 1                               | {\"a\":1}",
                "a: '1'                             | {\"a\":\"1\"}",
                "a: 1.50                            | {\"a\":1.50}",
                "a: -0x1f                           | {\"a\":-31}",
                "a: 0b101                           | {\"a\":5}",
                "a: 017                             | {\"a\":15}",
                "a: 0                               | {\"a\":0}",
                "a: 1_000                           | {\"a\":1000}",
                "a: 12:30:45                        | {\"a\":\"12:30:45\"}",
                "a: 2001-01-02                      | {\"a\":\"2001-01-02\"}",
                "a: [yes, No, true, NULL, null]      | {\"a\":[true,false,true,null,null]}",
                "80: x                              | {\"80\":\"x\"}",
                "a: &x {b: 1}\\nc: *x               | {\"a\":{\"b\":1},\"c\":{\"b\":1}}",
                "a: &x {b: 1, c: 1}\\nd: {<<: *x, b: 2} | {\"a\":{\"b\":1,\"c\":1},\"d\":{\"b\":2,\"c\":1}}",
                "a: !!str 1                         | {\"a\":\"1\"}",
                "[]                                 | []",
            })
    void textsAreReadAsJson(String yaml, String json) {
        var tree = YamlText.parse(yaml.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(tree.map(Object::toString)).contains(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "a: 1\n---\nb: 1",
                "a: .inf",
                "a: .nan",
                "a: 1.0e+400",
                "? [a]\n: 1",
                "a: !x 1",
                "a: !!javax.script.ScriptEngineManager []",
                "a: !!set {b}",
                "&a {a: *a}",
                "a: *b",
                "<<: 1",
                "# nothing",
                "a: \u0001",
            })
    void otherTextsAreRefused(String yaml) {
        assertThat(YamlText.parse(yaml.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void deepNestingIsRefused() {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertThat(YamlText.parse(deep.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() throws Exception {
        var json = "{\"a\":[1,2.5,\"1\",\"true\",null,true,{}],\"b\":{\"c\":\"x\\ny\\u0001\",\"d\":\"\"},\"e\":[]}";
        var tree = Json.parse(json.getBytes(StandardCharsets.UTF_8));

        var yaml = YamlText.bytes(tree);

        assertThat(YamlText.parse(yaml)).contains(tree);
        assertThat(new String(yaml, StandardCharsets.UTF_8)).startsWith("a:\n- 1\n");
    }
}
