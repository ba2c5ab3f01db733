package io.suimon.controlplane.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextTraceTest {

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jack      | {\"name\":\"jack\"}           | true",
                "jack      | {\"jack\":1}                  | true",
                "jack      | {\"name\":\"jill\"}           | false",
                "jack      | {\"name\":\"j\\u0061ck\"}     | true",
                "/api/v1/  | {\"uri\":\"/api/v1/*\"}       | true",
                "/api/v1/  | {\"uri\":\"\\/api\\/v1\\/*\"} | true",
                "/api/v1/  | {\"uri\":\"/other/v1/*\"}     | false",
                "///       | {\"uri\":\"/other\"}          | true",
                "``        | {}                            | true",
                "é         | {\"name\":\"café\"}           | true",
                "é         | {\"name\":\"cafe\"}           | false",
            })
    void isWhereTheTextMayBe(String text, String json, boolean may) {
        assertThat(TextTrace.of(text).mayBeIn(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(may);
    }

    @Property
    void isInEveryDocumentThatHoldsTheText(
            @ForAll @From("texts") String before,
            @ForAll @From("texts") String text,
            @ForAll @From("texts") String after,
            @ForAll long seed)
            throws InvalidJsonException {
        var whole = before + text + after;
        var json = ("{\"name\":\"" + written(whole, new Random(seed)) + "\"}").getBytes(StandardCharsets.UTF_8);

        boolean may = TextTrace.of(text).mayBeIn(json);

        assertThat(Json.parse(json).path("name").asText()).isEqualTo(whole);
        assertThat(may).isTrue();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab/\"\\\n\u0007é\u65e5u0 ").ofMaxLength(8);
    }

    /** A text as somebody may write it in JSON: every character in one of the ways it has. */
    private static String written(String text, Random random) {
        var json = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (random.nextInt(20) == 0) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
                json.append('\\').append(c);
            } else {
                json.append(c == '\n' ? "\\n" : String.valueOf(c));
            }
        }
        return json.toString();
    }
}
