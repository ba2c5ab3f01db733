package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.directory.Directories;
import io.suimon.engine.resource.ResourceKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The host of one binding. Immutable.
 *
 * @param metadataJson defaults filled in, or null for none
 */
record BoundHost(
        ResourceKey owner, String configDigest, @Nullable ObjectNode metadataJson, PluginServices services)
        implements PluginHost {

    @Override
    public <M> Optional<M> metadata(Class<M> type) {
        return metadataJson == null ? Optional.empty() : Optional.of(ConfigReader.read(metadataJson, type));
    }

    @Override
    public InstantSource clock() {
        return services.clock();
    }

    @Override
    public long nanoTime() {
        return services.nanoTime().getAsLong();
    }

    @Override
    public RandomGenerator random() {
        return services.random();
    }

    @Override
    public WindowCounters counters() {
        return services.counters();
    }

    @Override
    public TrafficMetrics metrics() {
        return services.metrics();
    }

    @Override
    public Directories directories() {
        return services.directories();
    }

    @Override
    public int httpsPort() {
        return services.httpsPort();
    }
}
