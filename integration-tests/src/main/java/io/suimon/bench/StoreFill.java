package io.suimon.bench;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.embedded.EmbeddedConfigStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Fills an embedded store with routes before a control plane opens it: faster than by its API, with the same bytes. */
public final class StoreFill {

    private static final int BATCH = 1000;
    private static final long MAX_HISTORY = 1 << 20;

    private StoreFill() {}

    /** Routes {@code /r/0} and so on, each with an upstream of its own. */
    public static void routes(Path store, int count, String node) {
        var limits = new EmbeddedConfigStore.Limits(Duration.ofSeconds(30), BATCH, BATCH, MAX_HISTORY);
        try (var opened =
                EmbeddedConfigStore.open(store, limits, InstantSource.system(), RandomGenerator.getDefault())) {
            for (int from = 0; from < count; from += BATCH) {
                var batch = new ArrayList<Mutation>();
                for (int i = from; i < Math.min(count, from + BATCH); i++) {
                    batch.add(new Mutation.Put("routes/" + i, route(i, node).getBytes(StandardCharsets.UTF_8), null));
                }
                if (!(opened.commit(List.of(), batch) instanceof Commit.Done)) {
                    throw new IllegalStateException("the store does not take " + from);
                }
            }
        }
    }

    /** One of them, as a person would write it. */
    static String route(int i, String node) {
        return "{\"id\":\"%d\",\"uri\":\"/r/%d\",\"name\":\"route-%d\",\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{\"%s\":1}}}"
                .formatted(i, i, i, node);
    }
}
