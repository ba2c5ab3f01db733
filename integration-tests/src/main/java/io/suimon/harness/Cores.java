package io.suimon.harness;

import java.util.List;

/** Who has which core while proxies are measured. What stands before a command pins it. */
public final class Cores {

    private static final String PROXY = "0";

    /** The number of the core that origins and loads have. */
    public static final String LOAD = "1";

    private Cores() {}

    /** Before the command of a proxy. */
    public static List<String> onTheProxys() {
        return List.of("taskset", "-c", PROXY);
    }

    /** Before the command of an origin, a load, or a control plane. */
    public static List<String> onTheLoads() {
        return List.of("taskset", "-c", LOAD);
    }

    /** Moves this process, with all its threads, to the load's core. */
    public static void moveToTheLoads() {
        Commands.output(List.of(
                "taskset",
                "-a",
                "-p",
                "-c",
                LOAD,
                Long.toString(ProcessHandle.current().pid())));
    }
}
