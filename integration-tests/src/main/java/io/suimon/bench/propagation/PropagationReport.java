package io.suimon.bench.propagation;

import io.suimon.bench.Churn;
import io.suimon.bench.Machine;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page people read, in Markdown. One thread uses it. */
final class PropagationReport {

    private final List<String> timed = new ArrayList<>();
    private final List<String> loaded = new ArrayList<>();

    /** Takes in the times of changes; returns their row. */
    String timed(String store, int routes, int nodes, boolean churn, Times times) {
        double median = times.millis(0.5);
        double slow = times.millis(0.99);
        boolean few = routes <= 10;
        boolean met = churn || ((!few || median <= 2) && slow <= (few ? 10 : 15));
        var row = String.format(
                Locale.ROOT,
                "| %s | %,d | %d | %s | %.2f | %.2f | %.2f | %s |",
                store,
                routes,
                nodes,
                churn ? Churn.PER_SECOND + "/s" : "none",
                median,
                slow,
                times.millis(1),
                churn ? "" : few ? target(met, "2 and 10") : target(met, "p99 15"));
        timed.add(row);
        return row;
    }

    private static String target(boolean met, String target) {
        return target + ": " + (met ? "met" : "**missed**");
    }

    /** Takes in what changes cost others; returns their row. */
    String loaded(String store, int routes, int edits, Times rest, Times churn, Times editing, int failed) {
        double ratio = churn.millis(0.99) / rest.millis(0.99);
        var row = String.format(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %.2f, 1.5: %s | %.2f | %,d | %d, 0: %s |",
                store,
                routes,
                rest.millis(0.99),
                churn.millis(0.99),
                ratio,
                ratio <= 1.5 ? "met" : "**missed**",
                editing.millis(0.99),
                edits,
                failed,
                failed == 0 ? "met" : "**missed**");
        loaded.add(row);
        return row;
    }

    String page() {
        return "# How long a change takes\n\nWritten by `./suimon bench propagation` on "
                + LocalDate.now(ZoneId.systemDefault())
                + ": "
                + Machine.description()
                + ". Control plane, nodes, etcd (one member), origin and clients share the machine. Before anything is measured, 60,000 changes\n"
                + "have passed, so that the compilers of the JVMs have done their work.\n\n"
                + "## From the answer to a PUT to the first request by the new route\n\n"
                + "A route's `uri` is changed; the clock starts when the PUT is answered and stops when the last node answers a request for\n"
                + "the new `uri`. Milliseconds.\n\n"
                + "| store | routes | nodes | other changes | median | p99 | longest | target |\n|---|---|---|---|---|---|---|---|\n"
                + String.join("\n", timed)
                + "\n\n## What changes cost those who are not meant\n\n"
                + Bystanders.PER_SECOND
                + " requests per second for a route that nobody changes: at rest, while " + Churn.PER_SECOND
                + " routes change per second, and while one\nroute is edited as fast as one client can. One half of the cores belongs to node, origin and these\nclients, the other to control plane, etcd and who changes routes, as if they were two machines. Milliseconds.\n\n"
                + "| store | routes | p99 at rest | p99 in churn | ratio, target | p99 while editing | edits | failed requests, target |\n"
                + "|---|---|---|---|---|---|---|---|\n"
                + String.join("\n", loaded)
                + "\n";
    }
}
