package io.suimon.engine.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.directory.Directories;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A plugin under test, bound as the catalogue binds it. Configurations are JSON in which single quotes will do. */
public final class BoundPlugin {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    /** Where the test clock begins: a multiple of every window a test uses. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final TrafficMetrics metrics;
    private final Directories directories;
    private final WindowCounters counters;
    private final Plugin<?> plugin;
    private final ResourceKey owner;
    private final @Nullable ObjectNode metadata;

    private BoundPlugin(
            Plugin<?> plugin,
            ResourceKey owner,
            @Nullable ObjectNode metadata,
            TrafficMetrics metrics,
            Directories directories) {
        this.plugin = plugin;
        this.owner = owner;
        this.metadata = metadata;
        this.metrics = metrics;
        this.directories = directories;
        this.counters = new WindowCounters(() -> START, nanos::get);
    }

    /** A process with this plugin, which binds for {@code routes/1}. */
    public static BoundPlugin of(Plugin<?> plugin) {
        return new BoundPlugin(
                plugin, new ResourceKey(ResourceKind.ROUTE, "1"), null, TrafficMetrics.NONE, Directories.NONE);
    }

    public BoundPlugin metadata(String json) {
        return new BoundPlugin(plugin, owner, json(json), metrics, directories);
    }

    public BoundPlugin metrics(TrafficMetrics other) {
        return new BoundPlugin(plugin, owner, metadata, other, directories);
    }

    public BoundPlugin directories(Directories other) {
        return new BoundPlugin(plugin, owner, metadata, metrics, other);
    }

    /** Lets time pass. */
    public void pass(long milliseconds) {
        nanos.addAndGet(milliseconds * 1_000_000);
    }

    public Filter bind(String config) {
        return bound(config).link().filter();
    }

    public Binding.Bound bound(String config) {
        return switch (binding(config)) {
            case Binding.Bound bound -> bound;
            case Binding.Disabled() -> throw new AssertionError("disabled");
            case Binding.Refused(var violations) -> throw new AssertionError(violations);
        };
    }

    public Binding binding(String config) {
        var services = new PluginServices(
                () -> START.plusNanos(nanos.get()),
                nanos::get,
                new Random(7),
                counters,
                metrics,
                directories,
                PluginServices.DEFAULT_HTTPS_PORT);
        return PluginCatalog.of(List.of(plugin)).bind(spec(plugin.name(), config), owner, metadata, services);
    }

    /** Why the configuration is refused, without the words before. */
    public String refusal(String config) {
        if (!(binding(config) instanceof Binding.Refused(var violations))) {
            throw new AssertionError(config + ": not refused");
        }
        var prefix = "failed to check the configuration of plugin " + plugin.name() + " err: ";
        return violations.getFirst().message().replace(prefix, "");
    }

    /** Runs the request phases it has, then answers with a status, then runs the response phase. */
    public static Exchange run(Filter filter, Exchange exchange, int status) {
        filter.onRequest(exchange);
        exchange.response().status(status);
        filter.onResponse(exchange);
        return exchange;
    }

    public static PluginSpec spec(String name, String config) {
        var json = json(config);
        var meta = json.path("_meta");
        return new PluginSpec(
                name,
                json,
                new PluginSpec.Meta(
                        meta.path("disable").booleanValue(),
                        meta.path("priority").isInt() ? meta.path("priority").intValue() : null,
                        meta.has("filter") ? meta.path("filter").toString() : null,
                        meta.has("error_response") ? meta.path("error_response").toString() : null));
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
