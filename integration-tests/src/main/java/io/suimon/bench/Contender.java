package io.suimon.bench;

import java.util.List;

/**
 * A proxy under test, running.
 *
 * @param name as in the table
 * @param version as it says itself
 * @param port where it takes requests
 * @param pids the processes that do the work
 */
record Contender(String name, String version, int port, List<Long> pids) {}
