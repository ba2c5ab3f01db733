package io.suimon.dataplane.http1;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Against looking at each byte. */
class ByteScanTest {

    /** Mostly bytes that go on, and those next to where a run ends. */
    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(20, Arbitraries.bytes().between((byte) 0x20, (byte) 0x7e)),
                        net.jqwik.api.Tuple.of(
                                6, Arbitraries.of((byte) '\t', (byte) 0x80, (byte) 0x8a, (byte) 0x9f, (byte) 0xff)),
                        net.jqwik.api.Tuple.of(
                                1, Arbitraries.of((byte) '\n', (byte) '\r', (byte) 0x7f, (byte) 0, (byte) 0x1f, (byte)
                                        0x0b)))
                .array(byte[].class)
                .ofMaxSize(70);
    }

    @Property(tries = 5_000)
    void lineFeedIsWhereTheFirstOneIs(@ForAll @From("bytes") byte[] bytes, @ForAll @IntRange(max = 70) int start) {
        int from = Math.min(start, bytes.length);

        int found = ByteScan.lineFeed(bytes, from, bytes.length);

        int expected = from;
        while (expected < bytes.length && bytes[expected] != '\n') {
            expected++;
        }
        assertThat(found).isEqualTo(expected);
    }

    @Property(tries = 5_000)
    void valueEndsWhereTheTableSaysSo(@ForAll @From("bytes") byte[] bytes, @ForAll @IntRange(max = 70) int start) {
        var ended = Arrays.copyOf(bytes, bytes.length + 1);
        ended[bytes.length] = '\r';
        int from = Math.min(start, bytes.length);

        int found = ByteScan.endOfValue(ended, from);

        int expected = from;
        while (ByteClass.isValue(ended[expected])) {
            expected++;
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyByteInEveryPlaceOfAWordIsSeenAsWhatItIs() {
        for (int value = 0; value < 256; value++) {
            for (int place = 0; place < 16; place++) {
                var bytes = new byte[32];
                Arrays.fill(bytes, (byte) 'a');
                bytes[31] = '\n';
                bytes[place] = (byte) value;

                int end = ByteScan.endOfValue(bytes, 0);
                int line = ByteScan.lineFeed(bytes, 0, bytes.length);

                assertThat(end).as("%d at %d", value, place).isEqualTo(ByteClass.isValue((byte) value) ? 31 : place);
                assertThat(line).as("%d at %d", value, place).isEqualTo(value == '\n' ? place : 31);
            }
        }
    }
}
