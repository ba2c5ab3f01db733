package io.suimon.engine.balance;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Balancing;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;
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

/** What a pick and its end cost, among endpoints of several weights. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LoadBalancerBenchmark {

    @Param({"roundrobin", "chash", "least_conn", "ewma"})
    String type = "roundrobin";

    @Param({"2", "50", "1000"})
    int endpoints;

    /** How many of them are unhealthy. */
    @Param({"0", "1"})
    int unhealthy;

    private final Exchange exchange = DescribedRequest.get("/").exchange();
    private final BitSet excluded = new BitSet();
    private LoadBalancer balancer = SingleEndpoint.INSTANCE;
    private long now;

    @Setup
    public void make() {
        excluded.set(0, unhealthy);
        var all = IntStream.range(0, endpoints)
                .mapToObj(i -> new Endpoint("127.0.0.1", 1980 + i, 1 + i % 3, 0))
                .toList();
        var balancing = new Balancing(type, Balancing.HashOn.VARS, "uri");
        balancer = LoadBalancer.of(new Candidates(balancing, all), ThreadLocalRandom.current(), () -> now, null)
                .orElseThrow();
    }

    @Benchmark
    public int pick() {
        now += 50_000;
        int endpoint = balancer.pick(exchange, excluded);
        balancer.release(endpoint, 1_000);
        return endpoint;
    }
}
