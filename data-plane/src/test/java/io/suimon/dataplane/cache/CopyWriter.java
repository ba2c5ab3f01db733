package io.suimon.dataplane.cache;

import java.io.IOException;
import java.nio.file.Path;

/** A process that does nothing but write copies, one after the other, and says which are on the disk. */
final class CopyWriter {

    private CopyWriter() {}

    /** Arguments: the folder, the resources of each copy, how many copies, the revision of the first. */
    @SuppressWarnings("SystemOut") // what it says is what its parent reads
    public static void main(String[] arguments) throws IOException {
        var path = Path.of(arguments[0]);
        int resources = Integer.parseInt(arguments[1]);
        long copies = Long.parseLong(arguments[2]);
        long first = Long.parseLong(arguments[3]);
        var counters = new CacheCounters();
        var folder = CacheFolder.open(path);
        for (long revision = first; revision < first + copies; revision++) {
            var configuration = Configurations.of(revision, resources);
            try (var cache = new SnapshotCache(folder, CacheSettings.of(path), counters)) {
                cache.offer(() -> configuration);
            }
            System.out.println(counters.writeFailures() + " " + revision);
        }
    }
}
