package io.suimon.engine.compile;

import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.StoredResource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** What one changed route costs among many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RuntimeCompilerBenchmark {

    @Param({"1", "1000", "100000"})
    int routes;

    private final RuntimeCompiler compiler =
            new RuntimeCompiler(new ResourceParser(), TestBench.CATALOG, PluginServices.forAdmission());
    private final List<StoredResource> all = new ArrayList<>();
    private Runtime base = Runtime.EMPTY;
    private int turn;

    @Setup
    public void build() {
        for (int i = 0; i < routes; i++) {
            all.add(route(i, i + 1, 1980));
        }
        base = allRoutesAtOnce().runtime();
    }

    @Benchmark
    public Compiled allRoutesAtOnce() {
        return compiler.apply(Runtime.EMPTY, new ConfigChange(routes, true, all, List.of()));
    }

    @Benchmark
    public Compiled oneRouteChanges() {
        int changed = (turn++ * 7919 & Integer.MAX_VALUE) % routes;
        var put = route(changed, routes + 1L, 1981);
        return compiler.apply(base, new ConfigChange(routes + 1L, false, List.of(put), List.of()));
    }

    static StoredResource route(int number, long revision, int port) {
        return TestBench.resource(
                "routes/" + number,
                number + 1L,
                revision,
                "{'uri':'/shop/" + number + "/*','upstream':{'nodes':{'127.0.0.1:" + port + "':1}}}");
    }
}
