package io.suimon.controlplane.admin;

import java.io.IOException;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.PerProperty;
import org.jspecify.annotations.Nullable;

/** Whatever is sent to the Admin API on etcd: fewer requests, as the API is the same. A failure prints its seed and the request. */
class EtcdAdminFuzzTest {

    private static @Nullable AdminFuzz fuzz;

    @BeforeContainer
    static void start() {
        fuzz = new AdminFuzz(TestStore.ETCD);
    }

    @AfterContainer
    static void stop() {
        fuzz().close();
    }

    @Property(tries = 1_500)
    @PerProperty(Aftermath.class)
    void whateverIsSentIsAnsweredByWhatTheApiSays(@ForAll("requests") FuzzRequest request) throws IOException {
        fuzz().assertIsAnsweredByWhatTheApiSays(request);
    }

    @Provide
    Arbitrary<FuzzRequest> requests() {
        return AdminFuzz.requests();
    }

    private static AdminFuzz fuzz() {
        return Objects.requireNonNull(fuzz);
    }

    static final class Aftermath implements PerProperty.Lifecycle {

        @Override
        public void onSuccess() {
            fuzz().assertIsStillWhole();
        }
    }
}
