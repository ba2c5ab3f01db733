package io.suimon.dataplane.control;

import io.suimon.engine.health.CheckerStatus;
import java.util.List;
import java.util.Locale;

/** Checkers as a page for browsers. */
final class HealthTable {

    private static final List<String> COLUMNS = List.of(
            "Index",
            "Upstream",
            "Check type",
            "Host",
            "Status",
            "Success counts",
            "TCP Failures",
            "HTTP Failures",
            "TIMEOUT Failures");

    private HealthTable() {}

    static String of(List<CheckerStatus> checkers) {
        var page = new StringBuilder("""
                <!DOCTYPE html>
                <html>
                <head><meta charset="utf-8"><title>APISIX upstream check status</title></head>
                <body>
                <h1>APISIX upstream check status</h1>
                <table style="background-color:white" cellspacing="0" cellpadding="3" border="1">
                <tr bgcolor="#C0C0C0">""");
        COLUMNS.forEach(column -> page.append("<th>").append(column).append("</th>"));
        page.append("</tr>\n");
        int index = 0;
        for (var checker : checkers) {
            for (var node : checker.nodes()) {
                row(page, ++index, checker, node);
            }
        }
        return page.append("</table>\n</body>\n</html>\n").toString();
    }

    private static void row(StringBuilder page, int index, CheckerStatus checker, CheckerStatus.Node node) {
        var health = node.health();
        page.append(health.state().usable() ? "<tr>" : "<tr bgcolor=\"#FF0000\">");
        cell(page, index);
        cell(page, checker.name());
        cell(page, checker.type().name().toLowerCase(Locale.ROOT));
        cell(page, node.ip() + ":" + node.port());
        cell(page, health.state().word());
        cell(page, health.successes());
        cell(page, health.tcpFailures());
        cell(page, health.httpFailures());
        cell(page, health.timeouts());
        page.append("</tr>\n");
    }

    private static void cell(StringBuilder page, int number) {
        page.append("<td>").append(number).append("</td>");
    }

    /** What a person configured must not become markup. */
    private static void cell(StringBuilder page, String text) {
        var escaped = text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        page.append("<td>").append(escaped).append("</td>");
    }
}
