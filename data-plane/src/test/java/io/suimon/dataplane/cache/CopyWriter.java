package io.suimon.dataplane.cache;

import java.io.IOException;
import java.nio.file.Path;

/** A process that does nothing but write copies or steps, one after the other, and says which are on the disk. */
final class CopyWriter {

    private CopyWriter() {}

    /** Arguments: the folder, the resources of each copy, how many copies, the revision of the first; or 0, for steps from 1 on. */
    @SuppressWarnings("SystemOut") // what it says is what its parent reads
    public static void main(String[] arguments) throws IOException {
        var path = Path.of(arguments[0]);
        int resources = Integer.parseInt(arguments[1]);
        long copies = Long.parseLong(arguments[2]);
        long first = Long.parseLong(arguments[3]);
        var counters = new CacheCounters();
        var folder = CacheFolder.open(path);
        if (first == 0) {
            steps(folder, CacheSettings.of(path), new ChangingRoutes(resources), copies);
            return;
        }
        for (long revision = first; revision < first + copies; revision++) {
            var configuration = Configurations.of(revision, resources);
            try (var cache = new SnapshotCache(folder, CacheSettings.of(path), counters)) {
                cache.offer(whole -> configuration);
            }
            System.out.println(counters.writeFailures() + " " + revision);
        }
    }

    @SuppressWarnings("SystemOut") // what it says is what its parent reads
    private static void steps(CacheFolder folder, CacheConfig settings, ChangingRoutes routes, long count)
            throws IOException {
        var counters = new CacheCounters();
        try (var cache = new SnapshotCache(folder, settings, counters)) {
            for (long i = 0; i < count; i++) {
                cache.offer(routes);
                while (counters.writes() + counters.writeFailures() <= i) {
                    Thread.onSpinWait();
                }
                System.out.println(
                        counters.writeFailures() + " " + routes.newest().revision());
                routes.change();
            }
        }
    }
}
