package io.suimon.dataplane.health;

import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.suimon.dataplane.tls.OriginTls;
import io.suimon.dataplane.tls.TlsConfig;
import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.tls.ClientIdentity;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of probes, which verifies certificates or does not as each upstream says. What it takes is made off the loop, when first needed. */
final class ProbeTls {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeTls.class);

    /** What a connection needs. */
    record Ready(
            OriginTls tls, SslContext context, @Nullable ClientIdentity identity) {}

    private final TlsConfig config;
    private final EventExecutor loop;
    private final Function<UpstreamTarget, @Nullable ClientIdentity> identities;
    private @Nullable Future<OriginTls> verifying;
    private @Nullable Future<OriginTls> trusting;

    /** @param identities what an upstream is shown, now */
    ProbeTls(TlsConfig config, EventExecutor loop, Function<UpstreamTarget, @Nullable ClientIdentity> identities) {
        this.config = config;
        this.loop = loop;
        this.identities = identities;
    }

    /** Gets ready, and passes on what came of it, on the loop; null where it cannot be had. */
    void prepare(UpstreamTarget target, boolean verify, Consumer<@Nullable Ready> taker) {
        var identity = identities.apply(target);
        var made = made(verify);
        made.addListener(done -> {
            if (done.isSuccess()) {
                var tls = made.getNow();
                tls.prepare(
                        identity,
                        loop,
                        context -> taker.accept(context == null ? null : new Ready(tls, context, identity)));
            } else {
                taker.accept(null);
            }
        });
    }

    private Future<OriginTls> made(boolean verify) {
        var known = verify ? verifying : trusting;
        if (known == null) {
            known = make(verify);
            if (verify) {
                verifying = known;
            } else {
                trusting = known;
            }
        }
        return known;
    }

    private Future<OriginTls> make(boolean verify) {
        Promise<OriginTls> made = loop.newPromise();
        Thread.ofVirtual().name("probe-tls").start(() -> {
            try {
                made.setSuccess(OriginTls.forProbes(config, verify));
            } catch (IOException | RuntimeException e) {
                LOG.error("https probes cannot be sent: {}", e.getMessage());
                made.setFailure(e);
            }
        });
        return made;
    }

    /** Lets go of keys; called when no connection is made any more. */
    void close() {
        if (verifying != null && verifying.isSuccess()) {
            verifying.getNow().close();
        }
        if (trusting != null && trusting.isSuccess()) {
            trusting.getNow().close();
        }
    }
}
