package io.suimon.controlplane.secret;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A resolver between a configuration that a test writes and a node that takes notes, with a Vault beside it. */
final class ResolverScene implements AutoCloseable {

    final TestVault vault = new TestVault();

    /** Everything the node was told of. */
    final List<MirrorView> offers = new CopyOnWriteArrayList<>();

    private EntryTree entries = EntryTree.empty();
    private long revision;
    private @Nullable SecretResolver resolver;

    EntryTree entries() {
        return entries;
    }

    long revision() {
        return revision;
    }

    void start(Map<String, String> settings) {
        var all = new TreeMap<>(settings);
        all.putIfAbsent("suimon.secrets.timeout", "60s");
        resolver = new SecretResolver(
                TestSettings.of(all), Map.of("NAME", "from the environment"), InstantSource.system(), new Random(1));
        resolver.listen(offers::add);
        resolver.advanced(new ResolvedView("store", revision, entries));
        resolver.start();
    }

    SecretResolver resolver() {
        return Objects.requireNonNull(resolver);
    }

    void put(String path, String json) {
        entries = entries.with(entry(path, json));
        tell();
    }

    StoredEntry entry(String path, String json) {
        return new StoredEntry(path, 1, ++revision, json.getBytes(StandardCharsets.UTF_8));
    }

    void remove(String path) {
        entries = entries.without(path);
        revision++;
        tell();
    }

    private void tell() {
        if (resolver != null) {
            resolver.advanced(new ResolvedView("store", revision, entries));
        }
    }

    MirrorView last() {
        return offers.isEmpty() ? new ResolvedView("", 0, EntryTree.empty()) : offers.getLast();
    }

    String offered(String path) {
        var entry = last().get(path);
        return entry == null ? "" : new String(entry.value(), StandardCharsets.UTF_8);
    }

    String stored(String path) {
        var entry = entries.get(path);
        return entry == null ? "" : new String(entry.value(), StandardCharsets.UTF_8);
    }

    SecretListing.Listed listed(String reference) {
        return resolver().listing().references().stream()
                .filter(listed -> listed.reference().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        if (resolver != null) {
            resolver.close();
        }
        vault.close();
    }
}
