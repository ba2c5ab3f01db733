package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretReferenceTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "$secret://vault/1/jack/key, true",
        "$ENV://NAME,                true",
        "$env://NAME/field,          true",
        "$Secret://vault/1/a/b,      false", // only that of the environment is known in any case
        "a $secret://vault/1/a/b,    false",
        "$secret:/vault,             false",
        "$ENVIRONMENT,               false",
    })
    void textIsOneWhenItBeginsAsOne(String text, boolean expected) {
        assertThat(SecretReference.is(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[{\"b\":\"$secret://vault/1/a/b\"}]}",
                "{\"a\":\"$secret:\\/\\/vault\\/1\\/a\\/b\"}",
                "{\"a\":\"\\u0024secret://vault/1/a/b\"}",
                "{\"a\":\"$eNv://X\"}",
            })
    void oneIsFoundHoweverItsJsonIsWritten(String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(SecretReference.mayBeWithin(bytes)).isTrue();
        assertThat(SecretReference.isWithin(new ObjectMapper().readTree(bytes))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "{\"uri\":\"/a$\"}", "{\"cost\":\"$5\"}"})
    void otherJsonNeedNotBeParsed(String json) {
        assertThat(SecretReference.mayBeWithin(json.getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
