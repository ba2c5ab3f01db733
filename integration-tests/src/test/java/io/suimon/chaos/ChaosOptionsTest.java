package io.suimon.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChaosOptionsTest {

    private static final Path WORK = Path.of("/work");

    private static ChaosOptions parse(String line) {
        return ChaosOptions.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)), WORK);
    }

    @Test
    void experimentsAreRunInTheOrderTheyAreNamedIn() {
        var options = parse("run etcd-gone etcd-slow --steady 3");

        assertThat(options.experiments()).extracting(Experiment::name).containsExactly("etcd-gone", "etcd-slow");
        assertThat(options.steady()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.output()).isEqualTo(WORK);
    }

    @Test
    void namesAreUnique() {
        var options = parse("run --all");

        assertThat(options.experiments()).extracting(Experiment::name).doesNotHaveDuplicates();
    }

    @Test
    void theClassicOnesComeFirst() {
        assertThat(Catalog.names())
                .startsWith("etcd-slow", "etcd-member-1-killed", "etcd-member-2-killed", "etcd-member-3-killed");
    }

    @Test
    void aSeedNamesTheExperiment() {
        var options = parse("run --random --seed 7 --minutes 2");

        assertThat(options.experiments()).singleElement().satisfies(experiment -> {
            assertThat(experiment.name()).isEqualTo("random-7");
            assertThat(experiment.lasts()).isEqualTo(Duration.ofMinutes(2));
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no command (expected: list, or run; see ./suimon chaos --help)",
                "go | go (expected: list, or run; see ./suimon chaos --help)",
                "run | nothing to run (expected: names, --all, --short or --random; see ./suimon chaos list)",
                "run etcd-sloww | etcd-sloww: unknown experiment (see ./suimon chaos list)",
                "run --al | --al: unknown option (see ./suimon chaos --help)",
                "run --all --steady 0 | --steady: 0 (expected: 1..600)",
                "run --random --minutes | --minutes: nothing (expected: 1..1440)",
                "run --all --seed 7 | --seed: 7 (expected: only together with --random)",
                "run --random --seed x | --seed: x (expected: 1..9223372036854775807)",
            })
    void whatCannotBeUnderstoodIsNamed(String line, String message) {
        assertThatThrownBy(() -> parse(line)).hasMessage(message);
    }
}
