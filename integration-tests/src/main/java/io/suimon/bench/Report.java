package io.suimon.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Turns results into the page people read. */
final class Report {

    private Report() {}

    /** The whole page, in Markdown. */
    static String page(List<Contender> contenders, Map<Scenario, Results> results, int rounds, int seconds) {
        var page = new StringBuilder("# Benchmarks\n\n")
                .append("Written by `./suimon bench` on ")
                .append(LocalDate.now(java.time.ZoneId.systemDefault()))
                .append(". Each proxy is pinned to one core; the origin (nginx) and the load (wrk, one thread) share\n")
                .append("another one. ")
                .append(rounds)
                .append(" rounds of ")
                .append(seconds)
                .append(" s per case, every sample between two of nginx; medians. A ratio in brackets is to nginx:\n")
                .append("above 1 is better for requests per second, below 1 for everything else.\n\n")
                .append(Machine.description())
                .append("; ");
        contenders.forEach(contender -> page.append(contender.name())
                .append(' ')
                .append(contender.version())
                .append(", "));
        page.append("JDK ").append(Runtime.version()).append(".\n");
        results.forEach((scenario, result) -> page.append('\n').append(table(scenario, result)));
        return page.toString();
    }

    /** One scenario's table, in Markdown. */
    static String table(Scenario scenario, Results results) {
        var table = new StringBuilder("## ")
                .append(scenario.title())
                .append(
                        "\n\n| | requests/s | p50 µs | p99 µs | CPU µs/request | resident MiB |\n|---|---|---|---|---|---|\n")
                .append("| nginx |")
                .append(cell(results.reference(Sample::perSecond)))
                .append(cell(results.reference(Sample::p50Micros)))
                .append(cell(results.reference(Sample::p99Micros)))
                .append(cell(results.reference(Sample::cpuMicros)))
                .append(cell(results.reference(Sample::residentMiB)))
                .append('\n');
        for (var contender : results.contenders()) {
            table.append("| ").append(contender).append(" |");
            for (ToDoubleFunction<Sample> figure : List.<ToDoubleFunction<Sample>>of(
                    Sample::perSecond, Sample::p50Micros, Sample::p99Micros, Sample::cpuMicros, Sample::residentMiB)) {
                table.append(String.format(
                        " %s (%.2f) |", number(results.value(contender, figure)), results.ratio(contender, figure)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(double value) {
        return " " + number(value) + " |";
    }

    private static String number(double value) {
        return value >= 1000 ? String.format("%,.0f", value) : String.format("%.1f", value);
    }
}
