package io.suimon.chaos;

import io.suimon.harness.FolderFault;
import io.suimon.harness.NodeSite;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What nodes and their disks can do to us. */
final class NodeExperiments {

    private NodeExperiments() {}

    static List<Experiment> all() {
        return List.of(restartAlone(), corrupt(), corruptSteps(), restartReadOnly(), slow());
    }

    private static Experiment restartAlone() {
        return alone(
                "node-restarts-alone",
                "a node is killed and starts again while both control planes are gone",
                "ready within seconds, from its disk copy",
                site -> {});
    }

    private static Experiment corrupt() {
        return alone(
                "disk-copy-torn",
                "the same, with the newest copy on its disk torn in the middle",
                "the checksum catches it, and the generation before it is used",
                site -> tear(newest(site)));
    }

    private static Experiment corruptSteps() {
        return alone(
                "disk-steps-torn",
                "the same, with the changes that follow the newest copy torn in the middle",
                "they are taken as far as they are whole",
                site -> tear(stepsOf(newest(site))));
    }

    private static Experiment restartReadOnly() {
        return alone(
                "node-restarts-read-only",
                "the same, with a disk that can only be read",
                "the folder is read, and nothing is written",
                new Damage() {
                    @Override
                    public Optional<String> obstacle() {
                        return FolderFault.obstacle();
                    }

                    @Override
                    public void to(NodeSite site) throws IOException {
                        FolderFault.makeReadOnly(site.cache());
                    }
                });
    }

    /** A third node runs, is killed with the control planes, and starts again alone. */
    private static Experiment alone(String name, String fault, String promise, Damage damage) {
        var restarted = new LoneNode(damage);
        return new Experiment(
                name,
                fault,
                promise,
                Duration.ofSeconds(5),
                restarted,
                List.of(restarted::startsAgain),
                List.of(),
                Expectation.unharmed());
    }

    private interface Damage {
        void to(NodeSite site) throws IOException;

        /** Why it cannot be done here. */
        default Optional<String> obstacle() {
            return Optional.empty();
        }
    }

    /** A node of the experiment's own. */
    private static final class LoneNode implements Fault {
        private static final Duration SERVES_WITHIN = Duration.ofSeconds(5);

        private final Damage damage;
        private @Nullable NodeSite site;
        private @Nullable PlaneProcess node;

        LoneNode(Damage damage) {
            this.damage = damage;
        }

        @Override
        public Optional<String> obstacle() {
            return damage.obstacle();
        }

        @Override
        public void inject(Testbed bed) throws IOException {
            var place = bed.extraNodeSite();
            var started = bed.startExtraNode(place).awaitReady();
            site = place;
            node = started;
            awaitGenerations(place, started);
            started.kill();
            bed.controlPlanes().forEach(PlaneProcess::kill);
            damage.to(place);
        }

        Finding startsAgain(Testbed bed) {
            var place = Objects.requireNonNull(site);
            var started = Objects.requireNonNull(node);
            long start = System.nanoTime();
            started.restart();
            boolean serves = PlaneProcess.await(() -> Testbed.serves(place), Duration.ofSeconds(20));
            var took = Duration.ofNanos(System.nanoTime() - start);
            return new Finding(
                    "from its start to its first good answer",
                    "within " + SERVES_WITHIN.toMillis() + " ms",
                    serves ? took.toMillis() + " ms" : "none; alive: " + started.alive(),
                    serves && took.compareTo(SERVES_WITHIN) <= 0);
        }

        @Override
        public void heal(Testbed bed) {
            var started = node;
            if (started != null) {
                started.close();
            }
            bed.controlPlanes().forEach(PlaneProcess::restart);
            bed.controlPlanes().forEach(PlaneProcess::awaitReady);
        }
    }

    /** Waits until there is a generation to step back to, and changes behind the newest: the probes write all the time. */
    private static void awaitGenerations(NodeSite site, PlaneProcess node) {
        awaitGenerations(site, 1);
        node.kill();
        node.restart(); // what it writes first then is a generation
        node.awaitReady();
        awaitGenerations(site, 2);
    }

    private static void awaitGenerations(NodeSite site, int count) {
        if (!PlaneProcess.await(
                () -> generations(site).size() >= count && Files.exists(stepsOf(newest(site))),
                Duration.ofSeconds(15))) {
            throw new IllegalStateException(
                    "no %d generations and a change behind them in %s after 15 s".formatted(count, site.folder()));
        }
    }

    private static Path newest(NodeSite site) {
        return generations(site).getLast();
    }

    private static Path stepsOf(Path generation) {
        return generation.resolveSibling(generation.getFileName() + ".steps");
    }

    private static List<Path> generations(NodeSite site) {
        var cache = site.cache();
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (var files = Files.list(cache)) {
            return files.filter(file -> file.getFileName().toString().matches("configuration-\\d+\\.bin"))
                    .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tear(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    private static Experiment slow() {
        var sleeper = new SleepingNode();
        return new Experiment(
                "node-frozen",
                "a node is stopped (SIGSTOP) while configuration changes",
                "it delays nobody, costs bounded memory, and skips to the newest state when it goes on",
                Duration.ofSeconds(10),
                sleeper,
                List.of(bed -> ControlPlaneExperiments.changeArrives(bed, 0)),
                List.of(sleeper::catchesUp),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(), Expectation.writesSucceedWithin(Duration.ofSeconds(3))));
    }

    private static final class SleepingNode implements Fault {
        private @Nullable NodeSite site;
        private @Nullable PlaneProcess node;

        @Override
        public void inject(Testbed bed) {
            var place = bed.extraNodeSite();
            var started = bed.startExtraNode(place).awaitReady();
            site = place;
            node = started;
            Signals.send("STOP", started);
            written(bed, "while-asleep");
        }

        @Override
        public void heal(Testbed bed) {
            Signals.send("CONT", Objects.requireNonNull(node));
        }

        Finding catchesUp(Testbed bed) {
            var place = Objects.requireNonNull(site);
            try (var started = Objects.requireNonNull(node)) {
                long start = System.nanoTime();
                boolean served = PlaneProcess.await(
                        () -> place.get("/while-asleep").statusCode() == 200, Duration.ofSeconds(15));
                return new Finding(
                        "the route written meanwhile",
                        "served by the node within 15 s of going on",
                        served
                                ? "after " + (System.nanoTime() - start) / 1_000_000 + " ms"
                                : "not served; alive: " + started.alive(),
                        served);
            }
        }
    }

    private static void written(Testbed bed, String name) {
        var answer = AdminAnswer.to(
                bed.controlPlaneSites().getFirst(),
                "PUT",
                "/apisix/admin/routes/" + name,
                "{\"uri\":\"/%s\",\"upstream\":{\"nodes\":{\"127.0.0.1:%d\":1}}}"
                        .formatted(name, bed.originPaths().getFirst().port()));
        if (!answer.good()) {
            throw new IllegalStateException("routes/" + name + " was not written: " + answer.summary());
        }
    }
}
