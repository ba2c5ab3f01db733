package io.suimon.bench.admin;

import io.suimon.bench.Machine;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** The page people read, in Markdown; grows store by store. One thread. */
final class AdminReport {

    private final StringBuilder page = new StringBuilder();

    AdminReport(AdminOptions options) {
        page.append("""
                # Benchmarks of the Admin API

                Written by `./suimon bench admin` on %s: a control plane as it ships, without nodes. Clients are threads of one
                process, each with a keep-alive connection and one request under way; they, the control plane and etcd share
                %s, JDK %s.

                A load lasts %d s; before the first, writes and reads took turns four times as long. A route has some 300 bytes as
                stored. Writes beside bare transactions of etcd alternate with them, one by one. The live heap is what
                `jcmd GC.class_histogram` counts, which begins with a full collection; resident memory is read after it.
                """.formatted(
                LocalDate.now(ZoneId.systemDefault()), Machine.description(), Runtime.version(), options.seconds()));
    }

    /**
     * Adds what was measured on one store, and returns it.
     *
     * @param store its name, for people
     */
    String section(String store, List<Finding> few, List<Finding> many, int routes) {
        var section = "\n## On " + store + "\n"
                + table("With %d routes".formatted(FewRoutes.ROUTES), few)
                + table(String.format(Locale.ROOT, "With %,d routes", routes), many);
        page.append(section);
        return section;
    }

    private static String table(String title, List<Finding> findings) {
        var table =
                new StringBuilder("\n### ").append(title).append("\n\n| | measured | target | |\n|---|---|---|---|\n");
        findings.forEach(finding -> table.append(finding.row()));
        return table.toString();
    }

    String page() {
        return page.toString();
    }
}
