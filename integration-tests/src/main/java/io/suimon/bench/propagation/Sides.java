package io.suimon.bench.propagation;

import io.suimon.harness.Commands;
import java.util.List;

/**
 * Which cores processes may use: all of them, or one half for the control plane's side and the other for the nodes' side, as if they
 * were two machines. A machine with one core has no halves.
 */
final class Sides {

    private final String all;
    private final String control;
    private final String traffic;

    private Sides(String all, String control, String traffic) {
        this.all = all;
        this.control = control;
        this.traffic = traffic;
    }

    static Sides ofThisMachine() {
        int cores = Runtime.getRuntime().availableProcessors();
        var all = "0-" + (cores - 1);
        return cores < 2
                ? new Sides(all, all, all)
                : new Sides(all, cores / 2 + "-" + (cores - 1), "0-" + (cores / 2 - 1));
    }

    /** Moves processes to one side each. */
    void part(List<Long> controlSide, List<Long> trafficSide) {
        move(controlSide, control);
        move(trafficSide, traffic);
    }

    /** Lets processes use every core again. */
    void join(List<Long> processes) {
        move(processes, all);
    }

    private static void move(List<Long> processes, String cores) {
        for (var process : processes) {
            Commands.output(List.of("taskset", "-a", "-c", "-p", cores, process.toString()));
        }
    }
}
