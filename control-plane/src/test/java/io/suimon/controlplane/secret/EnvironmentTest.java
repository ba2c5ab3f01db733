package io.suimon.controlplane.secret;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnvironmentTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "PLAIN", "v1",
            "JSON", "{\"text\":\"v2\",\"number\":3,\"truth\":true,\"list\":[1],\"a/b\":\"v4\",\"nothing\":null}",
            "LIST", "[1]",
            "SUIMON_ADMIN_KEY", "hidden",
            "suimon.admin.key", "hidden",
            "QUARKUS_X", "hidden");

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "$ENV://PLAIN,       v1",
        "$ENV://JSON/text,   v2",
        "$ENV://JSON/number, 3",
        "$ENV://JSON/truth,  true",
        "$ENV://JSON/a/b,    v4",
    })
    void variableOrAFieldOfItIsRead(String text, String value) {
        assertThat(read(text, Optional.empty())).isEqualTo(new Outcome.Value(value));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "$ENV://NOPE,             environment variable NOPE is not set",
        "$ENV://plain,            environment variable plain is not set",
        "$ENV://PLAIN/x,          environment variable PLAIN holds no JSON object (expected: one with the field x)",
        "$ENV://LIST/x,           environment variable LIST holds no JSON object (expected: one with the field x)",
        "$ENV://JSON/x,           field x is not there",
        "$ENV://JSON/nothing,     field nothing is not there",
        "$ENV://JSON/list,        'field list holds no text (expected: a text, a number or a truth value)'",
        "$ENV://SUIMON_ADMIN_KEY, environment variable SUIMON_ADMIN_KEY is a setting of the control plane (expected: another one)",
        "$ENV://suimon.admin.key, environment variable suimon.admin.key is a setting of the control plane (expected: another one)",
        "$ENV://QUARKUS_X,        environment variable QUARKUS_X is a setting of the control plane (expected: another one)",
    })
    void whatCannotBeReadIsSaid(String text, String reason) {
        assertThat(read(text, Optional.empty())).isEqualTo(new Outcome.Failed(reason));
    }

    @Test
    void whereTheVariablesAreNamedOthersAreNotRead() {
        var allowed = Optional.of(List.of("JSON"));

        assertThat(read("$ENV://JSON/text", allowed)).isEqualTo(new Outcome.Value("v2"));
        assertThat(read("$ENV://PLAIN", allowed))
                .isEqualTo(
                        new Outcome.Failed(
                                "environment variable PLAIN may not be referred to (expected: one of suimon.secrets.environment)"));
    }

    @Test
    void valueNeverPrints() {
        assertThat(read("$ENV://PLAIN", Optional.empty())).hasToString("Value[***]");
    }

    private static Outcome read(String text, Optional<List<String>> allowed) {
        return new Environment(VARIABLES, allowed).read((Reference.Environment) Reference.parse(text));
    }
}
