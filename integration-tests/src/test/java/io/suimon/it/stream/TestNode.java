package io.suimon.it.stream;

import io.suimon.dataplane.sync.ConfigApplier;
import io.suimon.dataplane.sync.ConfigStreamClient;
import io.suimon.dataplane.sync.CurrentRuntime;
import io.suimon.dataplane.sync.NodeActivity;
import io.suimon.dataplane.sync.NodeDescription;
import io.suimon.dataplane.sync.SyncConfig;
import io.suimon.dataplane.sync.SyncCounters;
import io.suimon.engine.compile.Compiled;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Rejection;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The syncing part of a node, with a compiler that only takes notes. */
public final class TestNode implements AutoCloseable {

    private final Map<ResourceKey, StoredResource> compiled = new ConcurrentHashMap<>();
    private final CurrentRuntime current = new CurrentRuntime();
    private final SyncCounters counters = new SyncCounters();
    private final ConfigStreamClient client;

    public TestNode(String id, int port, Map<String, String> settings) throws IOException {
        this(id, port, settings, null);
    }

    /** @param compiler instead of the one that takes notes */
    TestNode(
            String id,
            int port,
            Map<String, String> settings,
            @Nullable BiFunction<Runtime, ConfigChange, Compiled> compiler)
            throws IOException {
        var all = new HashMap<>(Map.of(
                "suimon.control-plane.addresses", "127.0.0.1:" + port,
                "suimon.control-plane.back-off", "10ms",
                "suimon.control-plane.max-back-off", "100ms"));
        all.putAll(settings);
        var config = Settings.of(SyncConfig.class, all);
        var applier = new ConfigApplier(
                compiler == null ? this::compile : compiler,
                current,
                unused -> {},
                counters,
                InstantSource.system(),
                config);
        client = new ConfigStreamClient(
                config,
                new NodeDescription(id, Map.of("zone", "a"), "test", "here", List.of("cors")),
                applier,
                current,
                counters,
                () -> new NodeActivity(1, 2, 3),
                new SplittableRandom(id.hashCode()));
        client.start();
    }

    /** Refuses what says so. */
    private Compiled compile(Runtime base, ConfigChange change) {
        if (change.complete()) {
            compiled.clear();
        }
        change.removals().forEach(compiled::remove);
        change.puts().forEach(resource -> compiled.put(resource.key(), resource));
        var rejections = compiled.values().stream()
                .filter(resource ->
                        new String(resource.json(), java.nio.charset.StandardCharsets.UTF_8).contains("refuse me"))
                .map(resource -> new Rejection(resource.key(), resource.modRevision(), "as asked"))
                .toList();
        return new Compiled(base, rejections);
    }

    long revision() {
        return current.applied().revision();
    }

    Runtime runtime() {
        return current.runtime();
    }

    CurrentRuntime.Applied applied() {
        return current.applied();
    }

    SyncCounters counters() {
        return counters;
    }

    ConfigStreamClient client() {
        return client;
    }

    /** Path to JSON of everything compiled. */
    public Map<String, String> content() {
        var content = new TreeMap<String, String>();
        compiled.forEach((key, resource) ->
                content.put(key.path(), new String(resource.json(), java.nio.charset.StandardCharsets.UTF_8)));
        return content;
    }

    @Override
    public void close() {
        client.close();
    }
}
