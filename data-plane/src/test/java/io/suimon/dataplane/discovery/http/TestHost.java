package io.suimon.dataplane.discovery.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a process gives registries, for one class of tests. */
public final class TestHost implements AfterAllCallback {

    private final RegistryHost host = new RegistryHost(
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)),
            new Random(1),
            InstantSource.system(),
            System::nanoTime,
            new RegistryTrust(null));

    /** All of it. */
    public RegistryHost host() {
        return host;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        host.vertx().close().toCompletionStage().toCompletableFuture().join();
    }
}
