package io.suimon.controlplane.json;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"uri\":       ; Expected value but found T_END at character 8",
                "abc             ; Expected value but found invalid token at character 1",
                "{\"a\":1}x      ; Expected the end but found invalid token at character 8",
                "{\"a\":1,}      ; Expected object key string but found T_OBJ_END at character 8",
                "`   `           ; Expected value but found T_END at character 4",
                "[1 2]           ; Expected comma or array end but found T_NUMBER at character 4",
                "{\"a\" 1}       ; Expected colon but found T_NUMBER at character 6",
                "[01]            ; Expected value but found invalid number at character 2",
                "\"a             ; Expected value but found unexpected end of string at character 3",
            })
    void saysWhatIsWrongInTheWordsOfTheParserClientsKnow(String text, String message) {
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"b\":1,\"a\":2.50,\"c\":[1.0,null,true,\"x\\ny\"]}", "[]", "\"$\"", "12345678901234567890"})
    void whatIsReadIsWrittenAsItWas(String text) throws InvalidJsonException {
        var tree = Json.parse(text.getBytes(StandardCharsets.UTF_8));

        assertThat(new String(Json.bytes(tree), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest(name = "bytes {0}")
    @ValueSource(strings = {"22ff22", "22c08022", "22eda08022", "22c3", "22efbfbd80", "80"})
    void whatIsNoTextIsRefused(String hex) {
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Json.parse(HexFormat.of().parseHex(hex)))
                .withMessage("Expected text in UTF-8");
    }

    @Test
    void theCharacterThatStandsForMissingOnesIsOneLikeOthers() throws InvalidJsonException {
        var tree = Json.parse("\"a\ufffdb\"".getBytes(StandardCharsets.UTF_8));

        assertThat(tree.asText()).isEqualTo("a\ufffdb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e99999999999", "[1e-999999999]", "{\"a\":{\"b\":1.0e400}}"})
    void numbersNobodyCanHoldAreRefused(String text) {
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsWrongIsFoundHoweverDeepItLies() {
        var text = "[".repeat(Json.MAX_DEPTH) + "x";
        var tooDeep = "{\"a\":".repeat(100_000);

        for (int i = 0; i < 200; i++) {
            assertThatExceptionOfType(InvalidJsonException.class)
                    .isThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .withMessage("Expected value but found invalid token at character 1001");
        }
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Json.parse(tooDeep.getBytes(StandardCharsets.UTF_8)))
                .withMessage("Found too many nested data structures (1001) at character 5001");
    }

    @Property(tries = 20_000)
    void anyBytesAreJsonOrRefused(@ForAll byte[] bytes) {
        try {
            assertThat(Json.bytes(Json.parse(bytes))).isNotEmpty();
        } catch (InvalidJsonException e) {
            assertThat(e).hasMessageContaining("xpected");
        }
    }
}
