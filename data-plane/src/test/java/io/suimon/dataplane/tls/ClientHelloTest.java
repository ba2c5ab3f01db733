package io.suimon.dataplane.tls;

import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class ClientHelloTest {

    private static final String BEFORE = "0303" + "00".repeat(32) + "00";

    @ParameterizedTest(name = "ciphers {0}, extensions {1}: {2}")
    @CsvSource({
        "c02f,     '',                     false", // ECDHE-RSA alone
        "c02fc02b, '',                     true",
        "1301,     '',                     false", // TLS 1.3 without a list of signatures
        "1301c02f, 000d0006000408040403,   true",
        "1301c02f, 000d0004000208040000,   false",
        "c02f,     000d0006000408040403,   false", // TLS 1.2 asks by cipher
    })
    void tellsWhetherAClientChecksEllipticCurves(String ciphers, String extensions, boolean accepts) {
        var hello =
                HexFormat.of().parseHex(BEFORE + length(ciphers) + ciphers + "0100" + length(extensions) + extensions);

        assertThat(ClientHello.acceptsEcdsa(Unpooled.wrappedBuffer(hello))).isEqualTo(accepts);
    }

    @Test
    void whatIsCutOffAnywhereIsReadWithinItsBounds() {
        var random = new Random(7);
        var whole = HexFormat.of().parseHex(BEFORE + "0004c02f13010100000a000d0006000408040403");
        for (int length = 0; length <= whole.length; length++) {
            var cut = Unpooled.wrappedBuffer(whole).slice(0, length);
            assertThatCode(() -> ClientHello.acceptsEcdsa(cut)).doesNotThrowAnyException();
        }
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThatCode(() -> ClientHello.acceptsEcdsa(Unpooled.wrappedBuffer(bytes)))
                    .doesNotThrowAnyException();
        }
    }

    private static String length(String hex) {
        return HexFormat.of().toHexDigits((short) (hex.length() / 2));
    }
}
