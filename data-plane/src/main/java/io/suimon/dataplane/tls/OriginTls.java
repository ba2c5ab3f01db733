package io.suimon.dataplane.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.suimon.engine.tls.ClientIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** TLS with upstreams: asks for the server by name, shows a certificate where there is one, verifies where that is set. Thread-safe. */
public final class OriginTls implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OriginTls.class);

    private final boolean verify;
    private final ContextCache<OriginContexts.Kind> contexts;
    private final HandshakeCounts counts;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Reads who is trusted.
     *
     * @param counts told of every handshake
     * @throws IOException when the trusted certificates cannot be read, or the library does not load; the message is one line for people
     */
    public OriginTls(TlsConfig config, HandshakeCounts counts) throws IOException {
        this(config, config.upstream().verify(), counts);
    }

    private OriginTls(TlsConfig config, boolean verify, HandshakeCounts counts) throws IOException {
        this.counts = counts;
        this.verify = verify;
        var trust = verify ? OriginTrust.of(config) : null;
        var library = TlsLibrary.of(config.library());
        this.contexts = new ContextCache<>(config.maxContexts(), new OriginContexts(library, trust));
    }

    /**
     * For probes, which say themselves whether they verify; their handshakes are not counted among those of the traffic.
     *
     * @throws IOException as the constructor does
     */
    public static OriginTls forProbes(TlsConfig config, boolean verify) throws IOException {
        var tls = new OriginTls(config, verify, new HandshakeCounts());
        tls.warned.set(true);
        return tls;
    }

    /**
     * Gets ready to speak to upstreams that are shown this identity.
     *
     * @param ready told on the event loop, at once where that is known: what {@link #handler} needs, or null when the identity cannot
     *     be used
     */
    public void prepare(@Nullable ClientIdentity identity, EventExecutor loop, Consumer<@Nullable SslContext> ready) {
        prepare(new OriginContexts.Kind(identity, false), loop, ready);
    }

    /** As {@link #prepare}, for connections that speak HTTP/2. */
    public void prepareHttp2(
            @Nullable ClientIdentity identity, EventExecutor loop, Consumer<@Nullable SslContext> ready) {
        prepare(new OriginContexts.Kind(identity, true), loop, ready);
    }

    private void prepare(OriginContexts.Kind kind, EventExecutor loop, Consumer<@Nullable SslContext> ready) {
        if (!verify && warned.compareAndSet(false, true)) {
            LOG.warn("certificates of https upstreams are not verified, as with APISIX;"
                    + " suimon.tls.upstream.verify=true has them verified");
        }
        var found = contexts.find(kind, loop);
        if (found.isDone()) {
            ready.accept(contextOf(found));
        } else {
            found.addListener(done -> ready.accept(contextOf(found)));
        }
    }

    private static @Nullable SslContext contextOf(Future<ReadyContext> found) {
        return found.isSuccess() ? found.getNow().context() : null;
    }

    /** What goes to the front of a new connection's pipeline; how long the handshake may take is watched by others. */
    public SslHandler handler(SslContext context, OriginPeer peer, int port, ByteBufAllocator allocator) {
        var handler = context.newHandler(allocator, peer.name(), port);
        handler.setHandshakeTimeoutMillis(0);
        var engine = handler.engine();
        var parameters = engine.getSSLParameters();
        parameters.setServerNames(serverNames(peer.name()));
        if (verify) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        counts.began();
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                counts.succeeded(false);
            } else {
                var reason = HandshakeFailure.of(done.cause());
                counts.failed(reason == HandshakeFailure.CLIENT_CERTIFICATE ? HandshakeFailure.UNTRUSTED : reason);
            }
        });
        return handler;
    }

    /** Addresses are not asked for by name, and neither is what can be none. */
    private static List<SNIServerName> serverNames(String name) {
        if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(name.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Lets go of keys; called when no connection is made any more. */
    @Override
    public void close() {
        contexts.close();
    }
}
