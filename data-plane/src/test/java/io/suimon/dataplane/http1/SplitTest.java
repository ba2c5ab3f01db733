package io.suimon.dataplane.http1;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How bytes are cut into reads is the network's choice, and must mean nothing. */
class SplitTest {

    static final int LONGEST = 400;

    static List<String> requests() {
        return WireTable.read("/smuggling/requests.txt").stream()
                .filter(row -> row.template().equals("raw") || row.template().equals("chunks"))
                .map(row -> (row.template().equals("raw")
                                ? ""
                                : "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                        + WireTable.bytes(row.text()))
                .filter(text -> text.length() <= LONGEST)
                .toList();
    }

    static List<String> responses() {
        return WireTable.read("/smuggling/responses.txt").stream()
                .map(row -> WireTable.bytes(row.text()))
                .filter(text -> text.length() <= LONGEST)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsTheSameAtEveryByteBoundary(String request) {
        assertThat(outcomes(request, cuts -> ReadMessage.request(request, cuts, Http1Limits.DEFAULT)))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void aResponseIsTheSameAtEveryByteBoundary(String response) {
        assertThat(outcomes(response, cuts -> ReadMessage.response(response, cuts)))
                .hasSize(1);
    }

    /** Cut at one place, at each; and into single bytes. */
    private static List<String> outcomes(String text, Function<int[], String> read) {
        int[] everywhere = IntStream.range(0, text.length()).toArray();
        return IntStream.rangeClosed(-1, text.length())
                .mapToObj(cut -> read.apply(cut < 0 ? everywhere : new int[] {cut}))
                .distinct()
                .toList();
    }

    @Provide
    Arbitrary<String> mutilated() {
        var whole = Arbitraries.of(java.util.stream.Stream.concat(requests().stream(), responses().stream())
                .toList());
        var at = Arbitraries.integers().between(0, LONGEST);
        var noise = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(2);
        return net.jqwik.api.Combinators.combine(whole, at, noise).as((text, place, put) -> {
            int i = Math.min(place, text.length());
            return text.substring(0, i) + put + text.substring(Math.min(text.length(), i + 1));
        });
    }

    @Property(tries = 10_000)
    void noBytesAreReadInTwoWaysHoweverTheyAreCut(
            @ForAll("mutilated") String text,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = LONGEST) Integer> places) {
        int[] cuts = places.stream().mapToInt(place -> place).sorted().toArray();
        int[] none = {};

        var request = ReadMessage.request(text, cuts, Http1Limits.DEFAULT);
        var response = ReadMessage.response(text, cuts);

        assertThat(request).isEqualTo(ReadMessage.request(text, none, Http1Limits.DEFAULT));
        assertThat(response).isEqualTo(ReadMessage.response(text, none));
    }
}
