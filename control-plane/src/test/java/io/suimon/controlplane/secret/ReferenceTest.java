package io.suimon.controlplane.secret;

import io.suimon.controlplane.secret.Reference.Managed;
import io.suimon.controlplane.secret.Reference.Source;
import io.suimon.controlplane.secret.Reference.Unanswerable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReferenceTest {

    @Test
    void lastSegmentIsTheFieldAndWhatIsBeforeItThePath() {
        assertThat(Reference.parse("$secret://vault/1/team/jack/key"))
                .isEqualTo(new Managed(new Source("vault/1", "team/jack"), "key"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "$ENV://NAME,       NAME,",
        "$env://Name/field, Name, field",
        "$Env://N/a/b,      N,    a/b",
    })
    void environmentIsKnownInAnyCaseAndItsNamesAreNot(String text, String name, String field) {
        assertThat(Reference.parse(text)).isEqualTo(new Reference.Environment(name, field));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "$secret://aws/1/a/b,    secret manager aws is not built (expected: vault)",
        "$secret://gcp/1/a,      secret manager gcp is not built (expected: vault)",
        "$secret://nope/1/a/b,   secret manager nope is not known (expected: vault)",
        "$secret://,             secret manager  is not known (expected: vault)",
        "$secret://vault,        not a reference (expected: $secret://vault/id/path/field)",
        "$secret://vault/1,      not a reference (expected: $secret://vault/id/path/field)",
        "$secret://vault/1/key,  not a reference (expected: $secret://vault/id/path/field)",
        "$secret://vault/1/a/,   not a reference (expected: $secret://vault/id/path/field)",
        "$secret://vault//a/b,   not a reference (expected: $secret://vault/id/path/field)",
        "$ENV://,                not a reference (expected: $ENV://NAME or $ENV://NAME/field)",
        "$ENV://NAME/,           not a reference (expected: $ENV://NAME or $ENV://NAME/field)",
    })
    void otherTextsAreSaidToBeNone(String text, String reason) {
        assertThat(Reference.parse(text)).isEqualTo(new Unanswerable(reason));
    }
}
