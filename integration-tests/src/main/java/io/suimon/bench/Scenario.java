package io.suimon.bench;

import java.util.List;

/**
 * One thing that is measured.
 *
 * @param name what {@code --case} takes
 * @param title for people
 * @param path what is asked for; names the size of the answer
 * @param connections kept open by the load
 * @param plugins the JSON of the route's plugins; applies to Suimon alone
 * @param headers sent with each request
 * @param extraRoutes routes that are configured beside the one asked for; applies to Suimon alone
 */
record Scenario(
        String name,
        String title,
        String path,
        int connections,
        String plugins,
        List<String> headers,
        int extraRoutes) {

    private static final String THREE_PLUGINS = """
            {"key-auth":{},"limit-count":{"count":1000000000,"time_window":3600,"rejected_code":429},"prometheus":{}}""";

    /** Every case, in the order they are run. */
    static final List<Scenario> ALL = List.of(
            plain("small-50", "100 B, 50 connections", "/100", 50),
            plain("small-200", "100 B, 200 connections", "/100", 200),
            plain("16k", "16 KiB, 50 connections", "/16k", 50),
            plain("1m", "1 MiB, 16 connections", "/1m", 16),
            new Scenario(
                    "plugins",
                    "100 B, 50 connections; key-auth, limit-count and prometheus on Suimon, nothing on the others",
                    "/100",
                    50,
                    THREE_PLUGINS,
                    List.of("apikey: bench"),
                    0),
            new Scenario(
                    "routes-10000",
                    "100 B, 50 connections; 10,000 routes on Suimon, one on the others",
                    "/100",
                    50,
                    "{}",
                    List.of(),
                    9_999));

    private static Scenario plain(String name, String title, String path, int connections) {
        return new Scenario(name, title, path, connections, "{}", List.of(), 0);
    }
}
