package io.suimon.bench;

import io.suimon.bench.load.Door;
import java.util.List;

/**
 * A proxy under test, running.
 *
 * @param name as in the table
 * @param version as it says itself
 * @param pids the processes that do the work
 */
record Contender(String name, String version, Door door, List<Long> pids) {

    Contender {
        pids = List.copyOf(pids);
    }
}
