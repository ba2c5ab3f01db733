package io.suimon.chaos;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What was found, in Markdown. */
final class MarkdownReport {

    private MarkdownReport() {}

    static String page(List<Result> results) {
        var page = new StringBuilder("# The promises, tried\n\nWritten by `./suimon chaos` on ")
                .append(LocalDate.now(ZoneId.systemDefault()))
                .append(
                        ": three etcd members, two control planes and two nodes on one machine, 200 requests, 10 reads and 4 writes per\n")
                .append(
                        "second throughout, and four times a second how etcd looks to the control planes. The curves are in the HTML page beside this file.\n\n")
                .append("| experiment | what goes wrong | what Suimon promises | kept |\n|---|---|---|---|\n");
        for (var result : results) {
            page.append("| [%s](#%s) | %s | %s | %s |\n"
                    .formatted(
                            result.experiment().name(),
                            result.experiment().name(),
                            cell(result.experiment().fault()),
                            cell(result.experiment().promise()),
                            cell(verdict(result))));
        }
        for (var result : results) {
            page.append("\n## ")
                    .append(result.experiment().name())
                    .append("\n\n")
                    .append(result.experiment().fault())
                    .append(".\n\n");
            switch (result) {
                case Result.Judged judged ->
                    page.append(steadyState(judged.seen())).append('\n').append(table(judged.findings()));
                case Result.NotRun(var experiment, var reason) ->
                    page.append("Not run: ").append(reason).append(".\n");
            }
        }
        return page.toString();
    }

    private static String verdict(Result result) {
        return switch (result) {
            case Result.Judged judged -> judged.kept() ? "yes" : "**no**";
            case Result.NotRun(var experiment, var reason) -> "not run: " + reason;
        };
    }

    private static String steadyState(Observation seen) {
        var table = new StringBuilder("| | before | while the fault holds | after |\n|---|---|---|---|\n");
        SteadyState.of(seen)
                .forEach(row -> table.append(
                        "| %s | %s | %s | %s |\n".formatted(row.what(), row.before(), row.during(), row.after())));
        return table.toString();
    }

    private static String table(List<Finding> findings) {
        var table = new StringBuilder("| | expected | measured | |\n|---|---|---|---|\n");
        findings.forEach(finding -> table.append("| %s | %s | %s | %s |\n"
                .formatted(
                        cell(finding.what()),
                        cell(finding.expected()),
                        cell(finding.measured()),
                        finding.kept() ? "ok" : "**broken**")));
        return table.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
