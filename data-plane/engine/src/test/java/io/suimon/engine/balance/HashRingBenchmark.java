package io.suimon.engine.balance;

import io.suimon.engine.resource.Endpoint;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** What making a ring costs, which happens off the event loops, once for each change of endpoints. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashRingBenchmark {

    @Param({"2", "50", "1000"})
    int endpoints;

    private int[] places = {};
    private List<Endpoint> all = List.of();

    @Setup
    public void make() {
        places = IntStream.range(0, endpoints).toArray();
        all = IntStream.range(0, endpoints)
                .mapToObj(i -> new Endpoint("10.0." + i / 250 + "." + i % 250, 8080, 1, 0))
                .toList();
    }

    @Benchmark
    public Object ring() {
        return new HashRing(places, all);
    }
}
