package io.suimon.bench.admin;

import io.suimon.bench.JavaHeap;
import io.suimon.bench.ProcessMeter;
import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.PlaneProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A control plane as it ships, without nodes. Closing it ends it. One thread. */
final class ControlPlaneUnderTest implements AutoCloseable {

    private final ControlPlaneSite site;
    private final PlaneProcess process;

    private ControlPlaneUnderTest(ControlPlaneSite site, PlaneProcess process) {
        this.site = site;
        this.process = process;
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param root the checkout, with the application built
     * @param folder for its store, key and log
     * @param settings environment variables beyond those of ports and files
     */
    static ControlPlaneUnderTest start(Path root, Path folder, Map<String, String> settings) {
        var site = ControlPlaneSite.in(root, folder);
        var process = site.start(List.of(), settings);
        try {
            process.awaitReady();
        } catch (IllegalStateException e) {
            process.close();
            throw e;
        }
        return new ControlPlaneUnderTest(site, process);
    }

    int port() {
        return site.adminPort();
    }

    /** What a GET below the Admin API is answered. */
    String get(String path) {
        return site.admin("GET", "/apisix/admin/" + path, "").body();
    }

    /** Ends it as {@code kill} does and starts it again. Returns how long it took from there until it was ready. */
    Duration restart() {
        process.terminate();
        long begun = System.nanoTime();
        process.restart();
        process.awaitReady();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Bytes of all objects that are left after a full collection, as {@code jcmd GC.class_histogram} adds them up. */
    double liveHeapMiB() {
        return JavaHeap.liveMiB(process.pid());
    }

    double residentMiB() {
        return ProcessMeter.residentMiB(List.of(process.pid()));
    }

    @Override
    public void close() {
        process.close();
    }
}
