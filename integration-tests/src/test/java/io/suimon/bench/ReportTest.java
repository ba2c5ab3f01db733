package io.suimon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

    private static final Path GOLDEN = Path.of("src/test/resources/io/suimon/bench/benchmarks.golden.md");

    @Test
    void thePageIsTheGoldenOne() throws IOException {
        var options = new BenchOptions(2, 3, Catalogue.ALL, Path.of("/page.md"));
        Map<Scenario, Outcome> outcomes = new LinkedHashMap<>();
        outcomes.put(scenario("small-50"), new Outcome.Measured(results(), List.of("Allocated: 12.5 bytes.")));
        outcomes.put(scenario("websocket"), new Outcome.Measured(results(), List.of()));
        outcomes.put(scenario("tls"), new Outcome.Failed("HAProxy: wrk: Non-2xx or 3xx responses: 3"));

        var page = Report.page(
                "2026-11-27",
                "2 cores",
                List.of("nginx 1.22.1", "JDK 25"),
                List.of("Envoy", "Traefik"),
                outcomes,
                options);

        if (System.getProperty("golden", "").equals("write")) {
            Files.writeString(GOLDEN, page);
        }
        assertThat(GOLDEN).hasContent(page);
    }

    private static Scenario scenario(String name) {
        return Catalogue.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Two rounds, in the second of which the machine was half as fast for everybody. */
    private static Results results() {
        var results = new Results();
        var fast = new Sample(80_000, 500, 1_000.4, 12, 13, 97);
        var slow = new Sample(40_000, 1_000, 2_000, 24, 13, 97);
        results.add("Suimon", fast, new Sample(88_000, 450, 900, 10.8, 182, 97), fast);
        results.add("HAProxy", fast, new Sample(72_000, 550, 1_100, 13.2, 15.26, 97), fast);
        results.add("Suimon", slow, new Sample(44_000, 900, 1_800, 21.6, 182, 97), slow);
        results.add("HAProxy", slow, new Sample(36_000, 1_100, 2_200, 26.4, 15.26, 97), slow);
        return results;
    }
}
