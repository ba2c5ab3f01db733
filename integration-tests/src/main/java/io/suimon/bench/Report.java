package io.suimon.bench;

import io.suimon.bench.Outcome.Failed;
import io.suimon.bench.Outcome.Measured;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Turns results into the page people read. */
final class Report {

    private static final List<ToDoubleFunction<Sample>> FIGURES =
            List.of(Sample::perSecond, Sample::p50Micros, Sample::p99Micros, Sample::cpuMicros, Sample::residentMiB);

    private static final String METHOD = """
            The origin is nginx; the load is wrk with one thread. For HTTP/2 the load is h2load. New connections over TLS, WebSockets and
            idle connections come from a client of the benchmark's own, on Netty, which shares the load's core; so do the origins of
            WebSockets and of bodies. All proxies keep connections on both sides, log nothing, pass bodies on as they come and have the
            same certificate, ECDSA on P-256. All speak TLS 1.3 with AES-128-GCM and X25519, and clients accept nothing else. Handshakes are full
            ones, no session is resumed. A latency is that of a request, of a message and its echo, or of a new connection with its one
            request. Where the core of origin and load is busy all the time, it sets the pace: a faster proxy then waits for it, which shows in the
            CPU per request, not in the requests per second, and the latencies are those of that core's queue. Where clients rest,
            nobody waits for a core. Memory per idle connection is what the resident memory of the proxy has grown by. The configuration changes by PUTs
            at the control plane, which has the load's core. An answer that is not as it should be fails its case.
            """;

    private Report() {}

    /**
     * The whole page, in Markdown.
     *
     * @param date of today
     * @param machine what it was measured on
     * @param proxies with their versions
     * @param absent those that would have been measured, too
     */
    static String page(
            String date,
            String machine,
            List<String> proxies,
            List<String> absent,
            Map<Scenario, Outcome> outcomes,
            BenchOptions options) {
        var page = new StringBuilder(
                        """
                # Benchmarks

                Written by `./suimon bench` on %s. Each proxy is pinned to one core; origin and load share another one. %d rounds of
                %d s per case, every sample between two of nginx; medians. A ratio in brackets is to nginx: above 1 is better for
                what there is per second, below 1 for everything else.

                %s; %s.

                """.formatted(date, options.rounds(), options.seconds(), machine, String.join(", ", proxies)))
                .append(METHOD);
        if (!absent.isEmpty()) {
            page.append("""

                    %s would have been measured, too, had they been on the PATH; their configuration is made from their documentation and
                    was not run here.
                    """.formatted(String.join(" and ", absent)));
        }
        outcomes.forEach((scenario, outcome) -> page.append('\n').append(section(scenario, outcome)));
        return page.toString();
    }

    /** One scenario's part, in Markdown. */
    static String section(Scenario scenario, Outcome outcome) {
        var title = "## " + scenario.title() + "\n\n";
        return switch (outcome) {
            case Failed(var reason) -> title + "**Failed**: " + reason + "\n";
            case Measured(var results, var notes) ->
                title + table(scenario.unit().word(), results) + below(notes);
        };
    }

    private static String table(String unit, Results results) {
        var table = new StringBuilder(
                        "| | %ss/s | p50 µs | p99 µs | CPU µs/%s | resident MiB | load busy %% |%n|---|---|---|---|---|---|---|%n"
                                .formatted(unit, unit))
                .append("| nginx |");
        FIGURES.forEach(figure -> table.append(" %s |".formatted(number(results.reference(figure)))));
        table.append(percent(results.reference(Sample::loadBusy)));
        for (var contender : results.contenders()) {
            table.append("\n| ").append(contender).append(" |");
            FIGURES.forEach(figure -> table.append(String.format(
                    Locale.ROOT,
                    " %s (%.2f) |",
                    number(results.value(contender, figure)),
                    results.ratio(contender, figure))));
            table.append(percent(results.value(contender, Sample::loadBusy)));
        }
        return table.append('\n').toString();
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, " %.0f |", value);
    }

    private static String below(List<String> notes) {
        return notes.isEmpty() ? "" : "\n" + String.join("\n", notes) + "\n";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : "%.1f", value);
    }
}
