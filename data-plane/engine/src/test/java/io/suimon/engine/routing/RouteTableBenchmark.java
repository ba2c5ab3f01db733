package io.suimon.engine.routing;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What finding a route costs, and what changing one of many does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@NullUnmarked
public class RouteTableBenchmark {

    private static final int EXCHANGES = 1024;

    @Param({"1", "1000", "100000"})
    public int routes;

    @Param({"RADIXTREE_HOST_URI", "RADIXTREE_URI"})
    public RouterMode mode;

    private RouteTable<String> table;
    private Exchange[] exchanges;
    private RouteRule<String>[] changes;
    private int next;

    @Setup
    @SuppressWarnings("unchecked") // an array of one kind of rule
    public void build() {
        var rules = new ArrayList<RouteRule<String>>();
        for (int i = 0; i < routes; i++) {
            rules.add(rule(i, "first"));
        }
        table = RouteTable.of(mode, rules);
        exchanges = new Exchange[EXCHANGES];
        changes = (RouteRule<String>[]) new RouteRule<?>[EXCHANGES];
        for (int i = 0; i < EXCHANGES; i++) {
            int route = (int) (i * 7919L % routes);
            exchanges[i] = DescribedRequest.get("/api/v1/service-" + route + "/items/42?x=1")
                    .host("tenant-" + route % 100 + ".example.com")
                    .exchange();
            changes[i] = rule(route, "second");
        }
    }

    private static RouteRule<String> rule(int i, String payload) {
        return new RouteRule<>(
                "routes/" + i,
                payload,
                List.of("/api/v1/service-" + i + "/*"),
                List.of("tenant-" + i % 100 + ".example.com"),
                Methods.mask(List.of("GET", "POST")),
                List.of(),
                null,
                0,
                i);
    }

    @Benchmark
    public @Nullable RouteMatch<String> lookUp() {
        return table.match(exchanges[next++ & (EXCHANGES - 1)]);
    }

    @Benchmark
    public RouteTable<String> changeOne() {
        return table.with(changes[next++ & (EXCHANGES - 1)]);
    }
}
