package io.suimon.chaos;

import io.suimon.harness.Commands;
import io.suimon.harness.PlaneProcess;
import java.util.List;

/** Sends signals to processes of ours. */
final class Signals {

    private Signals() {}

    /** @param signal as {@code STOP} */
    static void send(String signal, PlaneProcess plane) {
        Commands.output(List.of("kill", "-" + signal, Long.toString(plane.pid())));
    }
}
