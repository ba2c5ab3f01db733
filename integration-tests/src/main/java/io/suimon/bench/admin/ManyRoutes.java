package io.suimon.bench.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Loads many routes, and measures lists, writes, memory and a start among them. */
final class ManyRoutes {

    /** What is not loaded by then is left out: the report says how many there were. */
    private static final Duration LOAD_AT_MOST = Duration.ofSeconds(150);

    private static final int PAGE_SIZE = 100;
    private static final int LISTS = 5;
    private static final int PAGES = 40;
    private static final Duration LISTS_AT_MOST = Duration.ofSeconds(20);

    private static final double LIST_MILLIS = 2_000;
    private static final double PAGE_MILLIS = 50;
    private static final double LIVE_HEAP_MIB = 512;
    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");

    private final ControlPlaneUnderTest controlPlane;
    private final int routes;
    private final Duration load;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param routes how many there are to be
     * @param load how long each load lasts
     */
    ManyRoutes(ControlPlaneUnderTest controlPlane, int routes, Duration load) {
        this.controlPlane = controlPlane;
        this.routes = routes;
        this.load = load;
    }

    List<Finding> measure() {
        int loaded = load();
        lists(loaded);
        var puts = Clients.run(controlPlane.port(), List.of(Routes.round(0, loaded)), load);
        findings.add(Finding.plain("PUT, one client: median", puts.medianMillis(), "ms"));
        findings.add(Finding.plain("PUT, one client: p99", puts.p99Millis(), "ms"));
        memory("");
        findings.add(Finding.plain(
                "from the start of the process to ready", controlPlane.restart().toMillis() / 1e3, "s"));
        findings.add(Finding.plain("first PUT after that", first(), "ms"));
        memory(" after that");
        return List.copyOf(findings);
    }

    private int load() {
        var next = new AtomicInteger(FewRoutes.ROUTES);
        var scripts = Collections.nCopies(FewRoutes.WRITERS, Routes.rest(next, routes));
        var puts = Clients.run(controlPlane.port(), scripts, LOAD_AT_MOST);
        findings.add(Finding.plain(
                "loading %,d routes, %d clients".formatted(puts.count(), FewRoutes.WRITERS),
                puts.over().toMillis() / 1e3,
                "s"));
        int loaded = total();
        findings.add(new Finding(
                "routes there are then",
                "%,d".formatted(loaded),
                "%,d".formatted(routes),
                loaded == routes ? Finding.Verdict.MET : Finding.Verdict.MISSED));
        return loaded;
    }

    private int total() {
        var page = controlPlane.get("routes?page=1&page_size=10");
        var total = TOTAL.matcher(page);
        if (!total.find()) {
            throw new IllegalStateException("a page of the list says no total: " + page);
        }
        return Integer.parseInt(total.group(1));
    }

    private void lists(int loaded) {
        list("list without pages", "routes", LISTS, LIST_MILLIS);
        int middle = Math.max(1, loaded / PAGE_SIZE / 2);
        var paging = "page=" + middle + "&page_size=" + PAGE_SIZE;
        list("page " + middle + " of " + PAGE_SIZE + " routes", "routes?" + paging, PAGES, PAGE_MILLIS);
        var one = "page=1&page_size=" + PAGE_SIZE;
        int some = loaded / 2;
        list("page of a label", "routes?" + one + "&label=" + Routes.label(some), PAGES, PAGE_MILLIS);
        list("page of a name", "routes?" + one + "&name=" + Routes.name(some), PAGES, PAGE_MILLIS);
        list(
                "page of a name, by an expression of alternatives",
                "routes?" + one + "&name=(" + Routes.name(some) + "%7Cnobody)",
                PAGES,
                PAGE_MILLIS);
        list("page of a name, by an expression without any text", "routes?" + one + "&name=%5Cd7$", PAGES, PAGE_MILLIS);
        list("page of a label that all have", "routes?" + one + "&label=" + Routes.LABEL_OF_ALL, PAGES, PAGE_MILLIS);
        list("page of a uri, by an expression all have", "routes?" + one + "&uri=%5E/.", PAGES, PAGE_MILLIS);
        list("page of a uri", "routes?" + one + "&uri=/" + Routes.label(some) + "/", PAGES, PAGE_MILLIS);
    }

    private void list(String what, String path, int times, double limitMillis) {
        var left = new AtomicInteger(times);
        var get = Routes.get(path);
        var lists = Clients.run(
                controlPlane.port(), List.of(() -> left.getAndDecrement() > 0 ? get.next() : null), LISTS_AT_MOST);
        findings.add(Finding.atMost(what + ": median", lists.medianMillis(), "ms", limitMillis));
    }

    private void memory(String when) {
        findings.add(Finding.atMost(
                "live heap" + when + ", after a full collection", controlPlane.liveHeapMiB(), "MiB", LIVE_HEAP_MIB));
        findings.add(Finding.plain("resident memory" + when, controlPlane.residentMiB(), "MiB"));
    }

    private double first() {
        try (var connection = AdminConnection.open(controlPlane.port())) {
            return connection.send(Routes.put(0)) / 1e6;
        }
    }
}
