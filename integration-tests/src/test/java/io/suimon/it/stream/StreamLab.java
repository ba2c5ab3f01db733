package io.suimon.it.stream;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.controlplane.stream.StreamCounters;
import io.suimon.controlplane.stream.StreamServer;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.harness.FaultProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Control planes over one scripted mirror, nodes, and links between them; closed in the opposite order. */
final class StreamLab implements AutoCloseable {

    private static final Map<String, String> DEFAULTS =
            Map.of("suimon.stream.port", "0", "suimon.stream.heartbeat", "5s");

    final ScriptedMirror mirror = new ScriptedMirror();
    final NodeRegistry registry = new NodeRegistry(InstantSource.system(), 100);
    final StreamCounters counters = new StreamCounters();
    private final ArrayDeque<AutoCloseable> opened = new ArrayDeque<>();

    /** A control plane; all share one registry. */
    StreamServer server(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(DEFAULTS);
        all.putAll(settings);
        var server = new StreamServer(Settings.of(StreamConfig.class, all), mirror, mirror::listen, registry, counters);
        opened.push(server);
        server.start();
        return server;
    }

    TestNode node(String id, int port, Map<String, String> settings) throws IOException {
        var node = new TestNode(id, port, settings);
        opened.push(node);
        return node;
    }

    FaultProxy link(int target) {
        var link = FaultProxy.to(target);
        opened.push(link);
        return link;
    }

    /** Closes this, too. */
    <C extends AutoCloseable> C with(C closeable) {
        opened.push(closeable);
        return closeable;
    }

    void awaitRevision(TestNode node) {
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> node.revision() == mirror.view().revision());
    }

    void awaitSame(TestNode node) {
        awaitRevision(node);
        assertThat(node.content()).isEqualTo(resources(mirror.view()));
    }

    private static Map<String, String> resources(MirrorView view) {
        return view.range("").stream()
                .filter(entry -> ResourceKey.ofPath(entry.path()).isPresent())
                .collect(Collectors.toMap(
                        StoredEntry::path,
                        entry -> new String(entry.value(), StandardCharsets.UTF_8),
                        (a, b) -> b,
                        TreeMap::new));
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            close(opened.pop());
        }
    }

    @SuppressWarnings("try") // none of what is closed here is interrupted
    private static void close(AutoCloseable closeable) {
        try (closeable) {
            // Nothing else to do with it.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
