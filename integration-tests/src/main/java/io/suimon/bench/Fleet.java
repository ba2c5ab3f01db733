package io.suimon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one changed route came to with so many nodes.
 *
 * @param connected seconds until all were there
 * @param median milliseconds from the PUT to the last acknowledgement
 * @param worst of the same
 * @param cpu milliseconds of the control plane, per change
 * @param heap MiB of it in use after a collection
 * @param memory MiB of the whole process, heap included
 * @param delta bytes of the message
 */
record Fleet(
        int nodes, double connected, double median, double worst, double cpu, double heap, double memory, int delta) {

    static final String HEAD = """
            | nodes | all connected in | PUT to last acknowledgement: median | worst | CPU of the control plane per change | its live heap | its memory | delta |
            | --- | --- | --- | --- | --- | --- | --- | --- |""";

    private static final int TARGET_NODES = 2_000;
    private static final int WORST_MILLIS = 2_000;
    private static final int MEMORY_MIB = 512;

    /** Of Markdown. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %,d | %.1f s | %.0f ms | %.0f ms | %.0f ms | %.0f MiB | %.0f MiB | %d B |",
                nodes,
                connected,
                median,
                worst,
                cpu,
                heap,
                memory,
                delta);
    }

    /** Which targets were missed, for people; there are none for more than 2,000 nodes. */
    List<String> missed() {
        var missed = new ArrayList<String>();
        if (nodes <= TARGET_NODES && worst >= WORST_MILLIS) {
            missed.add(String.format(
                    Locale.ROOT, "%,d nodes: %.0f ms (expected: less than %d ms)", nodes, worst, WORST_MILLIS));
        }
        if (nodes <= TARGET_NODES && memory >= MEMORY_MIB) {
            missed.add(String.format(
                    Locale.ROOT,
                    "%,d nodes: a control plane of %.0f MiB (expected: less than %d MiB, heap and all)",
                    nodes,
                    memory,
                    MEMORY_MIB));
        }
        return missed;
    }
}
