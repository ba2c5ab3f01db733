package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.schema.JsonSchema;
import java.io.IOException;
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

/** How long it takes to judge and to read one resource. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResourceParserBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Param({"route_least", "route", "upstream"})
    public String name = "";

    private final ResourceParser parser = new ResourceParser();
    private ResourceKey key = new ResourceKey(ResourceKind.ROUTE, "1");
    private JsonNode value = JSON.createObjectNode();
    private byte[] text = {};

    @Setup
    public void read() throws IOException {
        try (var stream = ResourceParserBenchmark.class.getResourceAsStream("golden/" + name + ".in.json")) {
            var document = JSON.readTree(stream);
            key = ResourceKey.ofPath(document.get("key").textValue()).orElseThrow();
            value = document.get("value");
            text = JSON.writeValueAsBytes(value);
        }
    }

    @Benchmark
    public List<JsonSchema.Finding> judge() {
        return ResourceSchemas.of(key.kind()).validate((ObjectNode) value);
    }

    @Benchmark
    public Parsed parse() {
        return parser.parse(key, text);
    }
}
