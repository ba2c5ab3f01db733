package io.suimon.chaos;

import io.suimon.harness.FolderFault;
import io.suimon.harness.NodeSite;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the disk of a node that carries traffic can do to us. */
final class DiskExperiments {

    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10);
    private static final String FAILURES = "suimon_cache_write_failures_total";
    private static final String WRITES = "suimon_cache_writes_total";

    private DiskExperiments() {}

    static List<Experiment> all() {
        return List.of(
                disk("disk-full", "the disk that one of two nodes keeps its copies on is full", FolderFault::fill),
                disk(
                        "disk-read-only",
                        "the disk that one of two nodes keeps its copies on can only be read",
                        FolderFault::makeReadOnly));
    }

    private static Experiment disk(String name, String fault, Damage damage) {
        var disk = new BadDisk(damage);
        return new Experiment(
                name,
                fault,
                "a metric and one line in the log; traffic and changes are unchanged, and copies are written again when they can be",
                Duration.ofSeconds(10),
                disk,
                List.of(
                        disk::failuresAreCounted,
                        ControlPlaneExperiments::nodesStayReady,
                        bed -> ControlPlaneExperiments.changeArrives(bed, 0)),
                List.of(disk::copiesAreWrittenAgain, disk::linesAreFew),
                Expectation.unharmed(
                        Expectation.readsAreAnswered(), Expectation.writesSucceedWithin(Duration.ofSeconds(3))));
    }

    private interface Damage {
        void to(Path folder) throws IOException;
    }

    /** That of the first node, while configuration changes. */
    private static final class BadDisk implements Fault {
        private final Damage damage;
        private double failuresBefore;
        private long linesBefore;

        BadDisk(Damage damage) {
            this.damage = damage;
        }

        @Override
        public Optional<String> obstacle() {
            return FolderFault.obstacle();
        }

        @Override
        public void inject(Testbed bed) throws IOException {
            failuresBefore = site(bed).metric(FAILURES);
            linesBefore = lines(bed);
            damage.to(site(bed).cache());
        }

        @Override
        public void heal(Testbed bed) {
            FolderFault.uncover(site(bed).cache());
        }

        Finding failuresAreCounted(Testbed bed) {
            boolean counted = PlaneProcess.await(() -> site(bed).metric(FAILURES) > failuresBefore + 1, NOTICED_WITHIN);
            return new Finding(
                    "copies that failed (" + FAILURES + ")",
                    "counted, and tried again",
                    "%.0f more".formatted(site(bed).metric(FAILURES) - failuresBefore),
                    counted);
        }

        Finding copiesAreWrittenAgain(Testbed bed) {
            double before = site(bed).metric(WRITES);
            long start = System.nanoTime();
            boolean written = PlaneProcess.await(() -> site(bed).metric(WRITES) > before, NOTICED_WITHIN);
            return new Finding(
                    "copies once the disk is well again",
                    "written within " + NOTICED_WITHIN.toSeconds() + " s",
                    written ? "after " + (System.nanoTime() - start) / 1_000_000 + " ms" : "none",
                    written);
        }

        Finding linesAreFew(Testbed bed) {
            long lines = lines(bed) - linesBefore;
            return new Finding(
                    "lines that the node logged about its copies",
                    "2: one when they began to fail, one when they were written again",
                    "" + lines,
                    lines == 2);
        }

        private static NodeSite site(Testbed bed) {
            return bed.nodeSites().getFirst();
        }

        private static long lines(Testbed bed) {
            return bed.nodes()
                    .getFirst()
                    .log()
                    .lines()
                    .filter(line -> line.contains("disk copy in "))
                    .count();
        }
    }
}
