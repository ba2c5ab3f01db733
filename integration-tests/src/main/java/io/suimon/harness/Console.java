package io.suimon.harness;

/** Where commands say what they have to say: nothing else writes to standard output or standard error. Thread-safe. */
public final class Console {

    private Console() {}

    /** Says a line. */
    @SuppressWarnings("SystemOut") // what a person, or who started it, called it for
    public static void say(String line) {
        System.out.println(line);
    }

    /** Says why there will be nothing else to say. */
    @SuppressWarnings("SystemOut") // where reasons are looked for
    public static void complain(Exception reason) {
        System.err.println("suimon: " + reason.getMessage());
    }
}
