package io.suimon.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What was found, as one page with its curves, that needs nothing but a browser. */
final class HtmlReport {

    private HtmlReport() {}

    static String page(List<Result> results) {
        var rows = new StringBuilder();
        results.forEach(result ->
                rows.append("<tr><td><a href=\"#%1$s\">%1$s</a></td><td>%2$s</td><td>%3$s</td><td>%4$s</td></tr>\n"
                        .formatted(
                                result.experiment().name(),
                                escaped(result.experiment().fault()),
                                escaped(result.experiment().promise()),
                                badge(result))));
        var sections = new StringBuilder();
        results.forEach(result -> sections.append(section(result)));
        return template()
                .replace("{{date}}", LocalDate.now(ZoneId.systemDefault()).toString())
                .replace("{{summary}}", Result.summary(results))
                .replace("{{state}}", results.stream().noneMatch(Result::broken) ? "kept" : "broken")
                .replace("{{rows}}", rows)
                .replace("{{sections}}", sections);
    }

    private static String section(Result result) {
        var section = new StringBuilder("<section id=\"%1$s\">\n<h2>%1$s %2$s</h2>\n<p>%3$s.</p>\n"
                .formatted(
                        result.experiment().name(),
                        badge(result),
                        escaped(result.experiment().fault())));
        switch (result) {
            case Result.Judged judged -> section.append(body(judged));
            case Result.NotRun(var experiment, var reason) ->
                section.append("<p>Not run: ").append(escaped(reason)).append(".</p>\n");
        }
        return section.append("</section>\n").toString();
    }

    private static String body(Result.Judged result) {
        var section = new StringBuilder();
        section.append("<div class=\"charts\">\n")
                .append(TrafficChart.svg(result.seen()))
                .append(AdminChart.svg(result.seen()))
                .append(StoreChart.svg(result.seen()))
                .append(steadyState(result.seen()))
                .append("</div>\n<table><tr><th>looked at</th><th>expected</th><th>measured</th><th></th></tr>\n");
        result.findings()
                .forEach(finding -> section.append("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                                escaped(finding.what()),
                                escaped(finding.expected()),
                                escaped(finding.measured()),
                                badge(finding.kept(), "ok", "broken"))));
        return section.append("</table>\n").toString();
    }

    private static String steadyState(Observation seen) {
        var table = new StringBuilder(
                "<table class=\"steady\"><tr><th>measured throughout</th><th>before</th><th>while the fault holds</th><th>after</th></tr>\n");
        SteadyState.of(seen)
                .forEach(row -> table.append("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(escaped(row.what()), row.before(), row.during(), row.after())));
        return table.append("</table>\n").toString();
    }

    private static String badge(Result result) {
        return switch (result) {
            case Result.Judged judged -> badge(judged.kept(), "kept", "broken");
            case Result.NotRun(var experiment, var reason) ->
                "<span class=\"badge unknown\">not run: %s</span>".formatted(escaped(reason));
        };
    }

    private static String badge(boolean good, String yes, String no) {
        return "<span class=\"badge %s\">%s</span>".formatted(good ? "good" : "bad", good ? yes : no);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String template() {
        try (var in = HtmlReport.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IllegalStateException("report.html is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
