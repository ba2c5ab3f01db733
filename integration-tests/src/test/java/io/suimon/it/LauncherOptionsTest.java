package io.suimon.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code ./suimon} answers to help and to mistakes: at once, with nothing built for it, and as the driver behind it would. */
class LauncherOptionsTest {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    /** Whatever begins to build or to start says that it cannot write there, and ends. */
    private static final Path NOWHERE = Path.of("/dev/null/home");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "./suimon {0} --help")
    @ValueSource(
            strings = {
                "up",
                "up --nodes 2",
                "down",
                "status",
                "start",
                "start control-plane",
                "test",
                "bench",
                "bench --rounds 1",
                "bench admin",
                "bench propagation",
                "bench nodes",
                "bench nodes fleet",
                "bench start",
                "chaos",
                "chaos list",
                "chaos run",
                "chaos run --all",
                "soak",
                "soak --minutes"
            })
    void everyCommandExplainsItselfWhereverHelpIsAskedFor(String line) {
        var option = suimon(line + " --help");
        var letter = suimon(line + " -h");

        assertThat(option).isEqualTo(letter);
        assertThat(option.status()).isZero();
        assertThat(option.output()).startsWith("./suimon " + line.split(" ", -1)[0]);
    }

    @Test
    void helpOfTheWholeNamesEveryCommand() {
        assertThat(suimon("--help"))
                .isEqualTo(suimon("help"))
                .isEqualTo(suimon("-h"))
                .satisfies(help -> assertThat(help.output())
                        .contains(Stream.of("up", "down", "status", "start", "test", "bench", "soak", "chaos")
                                .map(command -> "./suimon " + command)
                                .toList()));
    }

    @ParameterizedTest(name = "./suimon {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "upp | upp: unknown command (expected: up, down, status, start, test, bench, soak or chaos; see ./suimon --help)",
                "up --nodes many | --nodes: many (expected: 1..20)",
                "up --nodes | --nodes: nothing (expected: 1..20)",
                "up --http-port 0 | --http-port: 0 (expected: 1..65535)",
                "up --etcd localhost | --etcd: localhost (expected: URLs such as http://127.0.0.1:2379, separated by commas)",
                "up --node 2 | --node: unknown option (see ./suimon up --help)",
                "up --nodes 20 --port-offset 50000 | port 78080: 9080 moved by 69000 (expected: at most 65535; fewer --nodes, or a smaller --port-offset)",
                "down now | now: unknown option (see ./suimon down --help)",
                "status --json | --json: unknown option (see ./suimon status --help)",
                "start | start: nothing (expected: control-plane or data-plane-N)",
                "start nodes | start: nodes (expected: control-plane or data-plane-N)",
                "test all | all: unknown option (see ./suimon test --help)",
            })
    void mistakesAreNamedBeforeAnythingIsDone(String line, String message) {
        var run = suimon(line);

        assertThat(run).isEqualTo(new CommandRun(2, "suimon: " + message + "\n"));
    }

    @ParameterizedTest(name = "./suimon {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bench | --rounds 0 | bench.Bench",
                "bench | --seconds 1000 | bench.Bench",
                "bench | --output | bench.Bench",
                "bench | --output /no/such/folder/page.md | bench.Bench",
                "bench | --output / | bench.Bench",
                "bench | tls | bench.Bench",
                "bench admin | --store redis | bench.admin.AdminBench",
                "bench admin | --routes 199 | bench.admin.AdminBench",
                "bench admin | --seconds 61 | bench.admin.AdminBench",
                "bench admin | --output | bench.admin.AdminBench",
                "bench admin | --seconds 1 --stores etcd | bench.admin.AdminBench",
                "bench propagation | --store | bench.propagation.PropagationBench",
                "bench propagation | --routes 10,1000001 | bench.propagation.PropagationBench",
                "bench propagation | --nodes 1, | bench.propagation.PropagationBench",
                "bench propagation | --samples 100001 | bench.propagation.PropagationBench",
                "bench propagation | --edits 99999999999999999999 | bench.propagation.PropagationBench",
                "bench propagation | --output | bench.propagation.PropagationBench",
                "bench propagation | --rounds 1 | bench.propagation.PropagationBench",
                "bench start | --routes 10,0 | bench.StartBench",
                "bench start | --samples 100 | bench.StartBench",
                "bench start | --output | bench.StartBench",
                "bench start | --store etcd | bench.StartBench",
                "bench nodes | '' | bench.NodesBench",
                "bench nodes | fleet | bench.NodesBench",
                "bench nodes | fleet 10,0 | bench.NodesBench",
                "bench nodes | routes 1000001 | bench.NodesBench",
                "bench nodes | ships 10 | bench.NodesBench",
                "chaos | '' | chaos.Chaos",
                "chaos | go | chaos.Chaos",
                "chaos | list all | chaos.Chaos",
                "chaos | run | chaos.Chaos",
                "chaos | run --steady 3 | chaos.Chaos",
                "chaos | run --al | chaos.Chaos",
                "chaos | run --all --steady 601 | chaos.Chaos",
                "chaos | run --short --seed 7 | chaos.Chaos",
                "chaos | run --random --seed 9223372036854775808 | chaos.Chaos",
                "chaos | run --random --minutes 1441 | chaos.Chaos",
                "chaos | run --all --output /dev/null | chaos.Chaos",
                "soak | --minutes 1441 | soak.Soak",
                "soak | --seconds 0 | soak.Soak",
                "soak | --output | soak.Soak",
                "soak | --hours 1 | soak.Soak",
            })
    void theDriverSaysTheSameOfMistakesAsTheLauncher(String command, String line, String driver) throws Exception {
        var said = suimon(command + " " + line);

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.output()).startsWith("suimon: ").endsWith(")\n").hasLineCount(1);
        assertThat(CommandRun.of("io.suimon." + driver, folder, AT_MOST, words(line)))
                .isEqualTo(said);
    }

    @Test
    void whatWasNeverStartedIsToldWhatWas() {
        var run = CommandRun.launcher(folder, folder, AT_MOST, List.of("start", "data-plane-9"));

        assertThat(run.output())
                .isEqualTo("suimon: data-plane-9: never started here (there are: none; ./suimon up starts them)\n");
        assertThat(run.status()).isEqualTo(1);
    }

    private CommandRun suimon(String line) {
        return CommandRun.launcher(NOWHERE, folder, AT_MOST, List.of(words(line)));
    }

    private static String[] words(String line) {
        return line.isBlank() ? new String[0] : line.strip().split(" ", -1);
    }
}
