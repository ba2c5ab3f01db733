package io.suimon.it.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.harness.EtcdCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/** Every state etcd ever had below a prefix, as etcdctl watches it from the beginning, past all faults of our own. */
final class EtcdHistory implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int prefixLength;
    private final ConcurrentSkipListMap<Long, Map<String, Long>> states = new ConcurrentSkipListMap<>();
    private final Process process;

    private EtcdHistory(int prefixLength, Process process) {
        this.prefixLength = prefixLength;
        this.process = process;
        states.put(0L, Map.of());
        Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8)));
    }

    /** Begins to collect it. */
    static EtcdHistory of(EtcdCluster cluster, String prefix) throws IOException {
        var endpoints = cluster.members().stream()
                .map(member -> "127.0.0.1:" + member.port())
                .collect(Collectors.joining(","));
        var builder = new ProcessBuilder(
                "etcdctl", "--endpoints=" + endpoints, "watch", "--rev=1", "--prefix", prefix, "--write-out=json");
        builder.environment().put("ETCDCTL_API", "3");
        return new EtcdHistory(prefix.length(), builder.start());
    }

    private void read(BufferedReader lines) {
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                JSON.readTree(line).path("Events").forEach(this::add);
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void add(JsonNode event) {
        var kv = event.path("kv");
        long revision = kv.path("mod_revision").asLong();
        var path = new String(Base64.getDecoder().decode(kv.path("key").asText()), StandardCharsets.UTF_8)
                .substring(prefixLength);
        var state = new TreeMap<>(states.lastEntry().getValue());
        if (event.path("type").asInt() == 1) {
            state.remove(path);
        } else {
            state.put(path, revision);
        }
        states.put(revision, state);
    }

    /** Waits until it has a revision at which something below the prefix changed. */
    EtcdHistory upTo(long revision) {
        await().until(() -> states.lastKey() >= revision);
        return this;
    }

    /** Path to modification revision of all that was there at a revision. */
    Map<String, Long> at(long revision) {
        return states.floorEntry(revision).getValue();
    }

    /** Whether a revision changed something. */
    boolean has(long revision) {
        return states.containsKey(revision);
    }

    /** How many revisions changed something. */
    int size() {
        return states.size() - 1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
