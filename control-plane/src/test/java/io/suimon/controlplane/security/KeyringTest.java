package io.suimon.controlplane.security;

import io.suimon.controlplane.security.Keyring.Opened;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyringTest {

    private static final Keyring DEFAULT_OF_APISIX = keyring("qeddd145sfvddff3", "edd1c9f0985e76a2");
    private static final Keyring NONE = keyring();

    private static Keyring keyring(String... keys) {
        return new Keyring(
                Stream.of(keys).map(key -> AesKey.of(key).orElseThrow()).toList());
    }

    /** The first two are what APISIX is known to write; the others are what OpenSSL says. */
    @ParameterizedTest(name = "{1} under {0}: {2}")
    @CsvSource({
        "qeddd145sfvddff3, k1, sGfoff/k5TVaPiyGca5e5w==",
        "qeddd145sfvddff3, p, n+P1VeClZzq3tyjZVsPmcg==",
        "qeddd145sfvddff3, '', CEGh183MAO3X8/ZV2jzHeA==",
        "0123456789abcdef0123456789abcdef, k1, yqm/lNcVEY+Oqwg7WhJ7cw==",
    })
    void encryptsAsApisixDoes(String key, String plain, String sealed) {
        assertThat(keyring(key).seal(plain)).isEqualTo(sealed);
        assertThat(keyring(key).open(sealed)).isEqualTo(new Opened.Text(plain));
    }

    @Test
    void firstKeyEncryptsAndEachDecrypts() {
        var old = keyring("an-old-key-of-16");
        var rotated = keyring("0123456789abcdef0123456789abcdef", "an-old-key-of-16");

        assertThat(rotated.open(old.seal("secret"))).isEqualTo(new Opened.Text("secret"));
        assertThat(old.open(rotated.seal("secret"))).isEqualTo(new Opened.NoKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sGfoff/k5TVaPiyGca5e5w==", "HECS6CNUPLONrhL0cpNwKw=="})
    void whatApisixEncryptedByDefaultIsReadWhateverIsSet(String sealed) {
        assertThat(NONE.open(sealed)).isEqualTo(DEFAULT_OF_APISIX.open(sealed)).isEqualTo(new Opened.Text("k1"));
        assertThat(keyring("0123456789abcdef").open(sealed)).isEqualTo(new Opened.Text("k1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "k1",
                "$secret://vault/1/a",
                "not base64 at all, but long",
                "c2hvcnQ=",
                "AAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoCiphertextWasNeverEncrypted(String text) {
        assertThat(DEFAULT_OF_APISIX.open(text)).isEqualTo(new Opened.Never());
    }

    @Test
    void withoutKeyTextsStayPlain() {
        assertThat(NONE.seal("k1")).isEqualTo("k1");
        assertThat(NONE.seal("AAAAAAAAAAAAAAAAAAAAAA==")).isEqualTo("AAAAAAAAAAAAAAAAAAAAAA==");
        assertThat(NONE.open("k1")).isEqualTo(new Opened.Never());
    }

    @Test
    void plainTextThatLooksLikeACiphertextIsReadAsItWasWritten() {
        var sealed = NONE.seal("sGfoff/k5TVaPiyGca5e5w==");

        assertThat(NONE.open(sealed)).isEqualTo(new Opened.Text("sGfoff/k5TVaPiyGca5e5w=="));
    }

    @Property(tries = 300)
    void openingGivesBackWhatWasSealed(@ForAll @CharRange(from = '\u0000', to = '\ud7ff') String text) {
        for (var keyring : List.of(DEFAULT_OF_APISIX, keyring("0123456789abcdef0123456789abcdef"))) {
            assertThat(keyring.open(keyring.seal(text))).isEqualTo(new Opened.Text(text));
        }
    }

    @Test
    void keysArePrintedNowhere() {
        assertThat(AesKey.of("0123456789abcdef").orElseThrow()).hasToString("AesKey[128 bits]");
        assertThat(new Opened.Text("secret")).hasToString("Text[***]");
    }
}
