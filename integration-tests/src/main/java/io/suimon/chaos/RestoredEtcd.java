package io.suimon.chaos;

import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;

/** Puts a cluster restored from an old backup in etcd's place. It is healed by an operator who says that it may be so. */
final class RestoredEtcd implements Fault {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String PATH = "/written-behind-the-backup";

    private RestoredEtcd() {}

    static Experiment experiment() {
        return new Experiment(
                "etcd-restored",
                "etcd is restored from a backup that is older than what it had",
                "noticed; the configuration is frozen, an alarm is raised, and an operator confirms",
                Duration.ofSeconds(10),
                new RestoredEtcd(),
                List.of(
                        RestoredEtcd::alarmIsRaised,
                        bed -> ConfigurationExperiments.servedEverywhere(
                                bed, PATH, 200, "a route younger than the backup")),
                List.of(bed -> ConfigurationExperiments.servedEverywhere(
                        bed, PATH, 404, "that route, once an operator confirmed")),
                List.of(
                        Expectation.noRequestFails(),
                        Expectation.requestRateUnchanged(),
                        Expectation.readsAreAnswered(),
                        Expectation.writesSucceedAgainWithin(Duration.ofSeconds(10))),
                true);
    }

    @Override
    public void inject(Testbed bed) {
        var backup = bed.folder().resolve("backup-" + System.nanoTime());
        bed.etcd().backUp(backup);
        ConfigurationExperiments.put(bed, "behind-the-backup", PATH, "");
        ConfigurationExperiments.awaitServed(bed, PATH, 200);
        bed.etcd().restore(backup);
    }

    private static Finding alarmIsRaised(Testbed bed) {
        boolean raised =
                PlaneProcess.await(() -> bed.controlPlaneSites().stream().allMatch(RestoredEtcd::isAlarmed), PATIENCE);
        return new Finding(
                "readiness of both control planes",
                "503, naming an alarm",
                raised
                        ? "503, naming an alarm"
                        : readiness(bed.controlPlaneSites().getFirst()),
                raised);
    }

    private static boolean isAlarmed(ControlPlaneSite site) {
        var readiness = readiness(site);
        return readiness.startsWith("503 ") && readiness.contains("\"alarm\"");
    }

    private static String readiness(ControlPlaneSite site) {
        try {
            var answer = Gateway.send(HttpRequest.newBuilder(site.readiness()));
            return answer.statusCode() + " " + answer.body().replaceAll("\\s+", " ");
        } catch (UncheckedIOException e) {
            return String.valueOf(e.getCause());
        }
    }

    @Override
    public void heal(Testbed bed) {
        for (var site : bed.controlPlaneSites()) {
            var answer = AdminAnswer.to(site, "POST", "/suimon/v1/store:accept", "");
            if (!answer.good()) {
                throw new IllegalStateException("POST /suimon/v1/store:accept: " + answer.summary());
            }
        }
    }
}
