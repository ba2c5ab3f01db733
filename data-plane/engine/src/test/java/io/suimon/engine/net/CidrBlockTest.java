package io.suimon.engine.net;

import java.net.InetAddress;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CidrBlockTest {

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "10.0.0.0/8,             10.255.0.1,       true",
        "10.0.0.0/8,             11.0.0.1,         false",
        "10.1.2.3/8,             10.9.9.9,         true", // bits behind the prefix
        "127.0.0.1,              127.0.0.1,        true",
        "127.0.0.1,              127.0.0.2,        false",
        "192.168.1.128/25,       192.168.1.127,    false",
        "192.168.1.128/25,       192.168.1.200,    true",
        "0.0.0.0/0,              203.0.113.9,      true",
        "0.0.0.0/0,              ::1,              false",
        "::/0,                   2001:db8::1,      true",
        "::/0,                   10.0.0.1,         false",
        "2001:db8::/33,          2001:db8:7fff::1, true",
        "2001:db8::/33,          2001:db8:8000::1, false",
        "::ffff:10.0.0.0/104,    10.1.1.1,         true",
        "::ffff:10.0.0.0/104,    11.1.1.1,         false",
        "10.0.0.0/8,             ::ffff:10.1.1.1,  true",
        "fe80::1,                fe80::1,          true",
    })
    void containsWhatSharesItsPrefix(String block, String address, boolean inside) {
        var parsed = CidrBlock.parse(block);

        assertThat(parsed.contains(address(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "127.0.0.1/33",
                "127.0.0.1/",
                "127.0.0.1/-1",
                "127.0.0.1/+1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "::1/129",
                ":::",
                "1:2",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "::1%eth0",
                "1:",
                ":1",
                "1:2:3:4:5:6:7::8:9",
                "::ffff:10.0.0.0/95",
                "localhost",
                "10.0.0.0/8/8",
                " 10.0.0.1",
                "1.2.3.4/٣",
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> CidrBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid ip address: " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1,            ::1",
        "2001:DB8:0:0:1:0:0:1,       2001:db8::1:0:0:1",
        "1:0:2:3:4:5:6:7,            1:0:2:3:4:5:6:7",
        "1:0:0:0:0:0:0:0,            1::",
        "::,                         ::",
        "::ffff:1.2.3.4,             1.2.3.4",
        "1:2:3:4:5:6:1.2.3.4,        1:2:3:4:5:6:102:304",
        "10.0.0.1,                   10.0.0.1",
    })
    void writesAddressesInTheirShortForm(String written, String expected) {
        assertThat(IpLiteral.text(address(written))).isEqualTo(expected);
    }

    @Property(tries = 2000)
    void textOfAnyAddressIsReadBack(@ForAll @Size(16) byte[] bytes, @ForAll @IntRange(min = 0, max = 15) int zeros)
            throws Exception {
        for (int i = 15 - zeros; i < 16; i++) {
            bytes[i] = 0;
        }
        var address = InetAddress.getByAddress(bytes);

        assertThat(IpLiteral.parse(IpLiteral.text(address))).isEqualTo(address);
    }

    @Property(tries = 2000)
    void agreesWithComparingBitByBit(
            @ForAll @Size(4) byte[] network,
            @ForAll @Size(4) byte[] noise,
            @ForAll @IntRange(min = 0, max = 32) int prefix,
            @ForAll @IntRange(min = 0, max = 32) int shared)
            throws Exception {
        long left = bits(network);
        long mask = shared == 0 ? 0 : (-1L << (32 - shared)) & 0xFFFFFFFFL;
        long right = (left & mask) | (bits(noise) & ~mask & 0xFFFFFFFFL);
        var block = CidrBlock.parse(IpLiteral.text(InetAddress.getByAddress(network)) + "/" + prefix);

        boolean contains = block.contains(
                new byte[] {(byte) (right >> 24), (byte) (right >> 16), (byte) (right >> 8), (byte) right});

        assertThat(contains).isEqualTo(left >> (32 - prefix) == right >> (32 - prefix));
    }

    private static long bits(byte[] address) {
        return (address[0] & 0xFFL) << 24
                | (address[1] & 0xFFL) << 16
                | (address[2] & 0xFFL) << 8
                | (address[3] & 0xFFL);
    }

    private static InetAddress address(String text) {
        return Objects.requireNonNull(IpLiteral.parse(text), text);
    }
}
