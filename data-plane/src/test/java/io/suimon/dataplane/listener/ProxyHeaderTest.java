package io.suimon.dataplane.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.suimon.dataplane.listener.ProxyHeader.Outcome;
import io.suimon.engine.net.IpLiteral;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyHeaderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n', 192.0.2.1 56324",
        "'PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n', 255.255.255.255 65535",
        "'PROXY TCP4 0.0.0.0 0.0.0.0 0 0\r\n', 0.0.0.0 0",
        "'PROXY TCP6 2001:db8::1 ::1 1 2\r\n', 2001:db8::1 1",
        "'PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n', 192.0.2.1 1",
        "'PROXY UNKNOWN\r\n', unknown",
        "'PROXY UNKNOWN ffff::ffff ffff::ffff 65535 65535\r\n', unknown",
    })
    void readsVersion1(String header, String client) {
        assertThat(outcome(bytes(header))).isEqualTo(client + " +0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443 1\r\n",
                "PROXY TCP4  192.0.2.1 198.51.100.2 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443 \r\n",
                "PROXY  TCP4 192.0.2.1 198.51.100.2 56324 443\r\n",
                "PROXY TCP4 192.0.2.256 198.51.100.2 56324 443\r\n",
                "PROXY TCP4 localhost 198.51.100.2 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 x 56324 443\r\n",
                "PROXY TCP4 2001:db8::1 ::1 1 2\r\n",
                "PROXY TCP6 192.0.2.1 198.51.100.2 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 65536 443\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 056 443\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 +56 443\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 -1 443\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 x\r\n",
                "PROXY UDP4 192.0.2.1 198.51.100.2 56324 443\r\n",
                "PROXY tcp4 192.0.2.1 198.51.100.2 56324 443\r\n",
                "PROXY \r\n",
                "proxy TCP4 192.0.2.1 198.51.100.2 56324 443\r\n",
                "GET / HTTP/1.1\r\n",
                "POST / HTTP/1.1\r\n",
                " PROXY UNKNOWN\r\n",
                "\r\nGET / HTTP/1.1\r\n",
            })
    void refusesWhatIsNotVersion1ByTheLetter(String header) {
        assertThat(outcome(bytes(header))).isEqualTo("broken");
    }

    @ParameterizedTest
    @CsvSource({"92, 'unknown +0'", "93, broken", "200, broken"})
    void boundsVersion1(int more, String expected) {
        assertThat(described(bytes("PROXY UNKNOWN " + "x".repeat(more - 1) + "\r\n")))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "21 11 000c c0000201 c6336402 dc04 01bb, 192.0.2.1 56324",
        "21 21 0024 20010db8000000000000000000000001 20010db8000000000000000000000002 0001 0002, 2001:db8::1 1",
        "21 11 0013 c0000201 c6336402 dc04 01bb 04 0004 00000000, 192.0.2.1 56324",
        "21 11 000f c0000201 c6336402 dc04 01bb 04 0000, 192.0.2.1 56324",
        "20 00 0000, unknown",
        "20 11 000c c0000201 c6336402 dc04 01bb, unknown",
        "21 00 0000, unknown",
        "21 00 0003 040000, unknown",
    })
    void readsVersion2(String rest, String client) {
        assertThat(outcome(binary(rest))).isEqualTo(client + " +0");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "11 11 000c c0000201 c6336402 dc04 01bb",
                "31 11 000c c0000201 c6336402 dc04 01bb",
                "22 11 000c c0000201 c6336402 dc04 01bb",
                "21 12 000c c0000201 c6336402 dc04 01bb",
                "21 10 000c c0000201 c6336402 dc04 01bb",
                "21 41 000c c0000201 c6336402 dc04 01bb",
                "21 11 000b c0000201 c6336402 dc04 01",
                "21 21 000c c0000201 c6336402 dc04 01bb",
                "21 31 0000",
                "21 11 000d c0000201 c6336402 dc04 01bb 04",
                "21 11 000e c0000201 c6336402 dc04 01bb 0400",
                "21 11 000f c0000201 c6336402 dc04 01bb 040001",
                "21 11 ffff c0000201 c6336402 dc04 01bb",
                "21 11 0ff1 c0000201 c6336402 dc04 01bb",
            })
    void refusesWhatIsNotVersion2ByTheLetter(String rest) {
        assertThat(outcome(binary(rest))).isEqualTo("broken");
    }

    @Property(tries = 20_000)
    void noBytesMakeItFall(@ForAll @Size(max = 300) byte[] noise, @ForAll boolean signed) {
        var in = signed
                ? Unpooled.wrappedBuffer(HexFormat.of().parseHex(SIGNATURE), noise)
                : Unpooled.wrappedBuffer(noise);
        int before = in.readableBytes();

        var outcome = ProxyHeader.read(in);

        assertThat(outcome instanceof Outcome.Found
                        || in.readableBytes() == before
                        || outcome instanceof Outcome.Broken)
                .isTrue();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuf binary(String rest) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(SIGNATURE + rest.replace(" ", "")));
    }

    /** The same wherever it ends too early, and what is behind it stays. */
    private static String outcome(ByteBuf whole) {
        var outcome = described(whole.duplicate());
        for (int length = 0; length < whole.readableBytes(); length++) {
            var part = described(whole.slice(0, length));
            assertThat(part).isIn("incomplete", outcome);
        }
        if (outcome.endsWith("+0")) {
            assertThat(described(Unpooled.wrappedBuffer(whole.duplicate(), bytes("GET"))))
                    .isEqualTo(outcome.replace("+0", "+3"));
        }
        return outcome;
    }

    private static String described(ByteBuf in) {
        return switch (ProxyHeader.read(in)) {
            case Outcome.Incomplete incomplete -> "incomplete";
            case Outcome.Broken broken -> "broken";
            case Outcome.Found(var source) ->
                (source == null ? "unknown" : IpLiteral.text(source.getAddress()) + " " + source.getPort()) + " +"
                        + in.readableBytes();
        };
    }
}
