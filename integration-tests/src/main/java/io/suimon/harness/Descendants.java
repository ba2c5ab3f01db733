package io.suimon.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The processes that this one started, and those that they did. */
public final class Descendants {

    /** Longer than a process needs from being asked for to being there. */
    private static final Duration STARTING = Duration.ofMillis(250);

    private Descendants() {}

    /** Ends them when this process ends, also by Ctrl-C or a failure: nothing goes on without the one who started it. */
    public static void endWithThisProcess() {
        endWithThisProcess(() -> {});
    }

    /**
     * The same, behind something that has to be undone first.
     *
     * @param before may start programs, and wait for them
     */
    public static void endWithThisProcess(Runnable before) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(before), "end-descendants"));
    }

    private static void end(Runnable before) {
        before.run();
        endThoseThere();
        LockSupport.parkNanos(STARTING.toNanos()); // for what was being started meanwhile
        endThoseThere();
    }

    private static void endThoseThere() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
