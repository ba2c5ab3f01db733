package io.suimon.bench;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BenchOptionsTest {

    private static final Path ROOT = Path.of("/checkout");

    @Test
    void withoutOptionsEverythingIsMeasured() {
        var options = BenchOptions.parse(List.of(), ROOT);

        assertThat(options).isEqualTo(new BenchOptions(4, 3, Catalogue.ALL, Path.of("/checkout/docs/benchmarks.md")));
    }

    @Test
    void everyOptionIsTaken() {
        var arguments = List.of("--rounds", "2", "--seconds", "5", "--case", "tls", "--output", "/there.md");

        var options = BenchOptions.parse(arguments, ROOT);

        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.seconds()).isEqualTo(5);
        assertThat(options.output()).isEqualTo(Path.of("/there.md"));
        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("tls");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "plugins              | plugins-3 paced-plugins-3 plugins-10",
                "tls,plugins          | tls plugins-3 paced-plugins-3 plugins-10",
                "plugins-10,plugins   | plugins-10 plugins-3 paced-plugins-3", // once, where it was named first
                "grpc                 | grpc",
                "protocols            | tls paced-tls tls-handshakes h2 grpc websocket",
                "scale                | churn idle-10000 routes-10000 routes-100000",
            })
    void groupsStandForTheirCases(String names, String cases) {
        var options = BenchOptions.parse(List.of("--case", names), ROOT);

        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly(cases.split(" ", -1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds  | 0    | --rounds: 0 (expected: 1..999)",
                "--seconds | 1000 | --seconds: 1000 (expected: 1..999)",
                "--seconds | long | --seconds: long (expected: 1..999)",
                "--output  | ''   | --output: nothing (expected: a file in a folder that exists)",
                "--cases   | tls  | --cases: unknown option (see ./suimon bench --help)",
            })
    void wrongOptionsAreNamedWithWhatWasExpected(String option, String value, String message) {
        assertThatThrownBy(() -> BenchOptions.parse(List.of(option, value), ROOT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownCaseIsToldWhichThereAre() {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--case", "tls,quic"), ROOT))
                .hasMessageStartingWith("--case: quic (expected: small-50, ")
                .hasMessageContaining("routes-100000, http, protocols");
    }
}
