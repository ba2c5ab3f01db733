package io.suimon.controlplane.admin;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.PerProperty;

/**
 * Whatever is sent to the Admin API, on both stores; fewer requests on etcd, as the API is the same. A failure prints its seed and the
 * request.
 */
class AdminFuzzTest {

    private static final Map<TestStore, AdminFuzz> FUZZ = new EnumMap<>(TestStore.class);

    @BeforeContainer
    static void start() {
        for (var store : TestStore.values()) {
            FUZZ.put(store, new AdminFuzz(store));
        }
    }

    @AfterContainer
    static void stop() {
        FUZZ.values().forEach(AdminFuzz::close);
        FUZZ.clear();
    }

    @Property(tries = 4_000)
    @PerProperty(Aftermath.class)
    void whateverIsSentIsAnsweredByWhatTheApiSays(@ForAll("requests") FuzzRequest request) throws IOException {
        on(TestStore.EMBEDDED).assertIsAnsweredByWhatTheApiSays(request);
    }

    @Property(tries = 1_500)
    @PerProperty(Aftermath.class)
    void soItIsOnEtcd(@ForAll("requests") FuzzRequest request) throws IOException {
        on(TestStore.ETCD).assertIsAnsweredByWhatTheApiSays(request);
    }

    @Provide
    Arbitrary<FuzzRequest> requests() {
        return AdminFuzz.requests();
    }

    private static AdminFuzz on(TestStore store) {
        return Objects.requireNonNull(FUZZ.get(store));
    }

    static final class Aftermath implements PerProperty.Lifecycle {

        @Override
        public void onSuccess() {
            FUZZ.values().forEach(AdminFuzz::assertIsStillWhole);
        }
    }
}
