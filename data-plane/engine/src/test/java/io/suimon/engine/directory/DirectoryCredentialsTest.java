package io.suimon.engine.directory;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryCredentialsTest {

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}: user {1}, password {2}")
    @CsvSource({
        "jack:secret,    jack, secret",
        "jack:a:b:c,     jack, a:b:c", // the password is all behind the first colon
        "jäck:pässwörd,  jäck, pässwörd",
        "'j k:p w',      j k,  p w", // blanks are part of both
        "*)(uid=*:x,     *)(uid=*, x",
    })
    void takesUserAndPasswordApart(String text, String user, String password) {
        var credentials = Objects.requireNonNull(DirectoryCredentials.parse(basic(text), "Basic"));

        assertThat(credentials.user()).isEqualTo(user);
        assertThat(credentials.password()).isEqualTo(password.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "Basic amFjazpw,   Basic, true",
        "basic amFjazpw,   Basic, true",
        "BASIC   amFjazpw, Basic, true",
        "ldap amFjazpw,    ldap,  true",
        "LDAP amFjazpw,    ldap,  true",
        "Basic amFjazpw,   ldap,  false",
        "ldap amFjazpw,    Basic, false",
        "Basicamlqazpw,    Basic, false",
        "Basic,            Basic, false",
        "x Basic amFjazpw, Basic, false",
    })
    void theSchemeIsOneWordInAnyCase(String field, String scheme, boolean there) {
        assertThat(DirectoryCredentials.parse(field, scheme) != null).isEqualTo(there);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jack", "jack:", ":secret", ":", ""})
    void bothHaveToBeThere(String text) {
        assertThat(DirectoryCredentials.parse(basic(text), "Basic")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic %%%", "Basic amFj azpw", "Basic amFjazp", "Basic \u00e9", "Basic /zpw"})
    void whatIsNoBase64OfTextIsNothing(String field) {
        assertThat(DirectoryCredentials.parse(field, "Basic")).isNull();
    }

    @Test
    void passwordsDoNotPrint() {
        assertThat(DirectoryCredentials.parse(basic("jack:secret"), "Basic")).hasToString("DirectoryCredentials[]");
        assertThat(new DirectorySearch("cn=a", "secret", "dc=b", "cn", 2, 5).toString())
                .doesNotContain("secret");
    }
}
