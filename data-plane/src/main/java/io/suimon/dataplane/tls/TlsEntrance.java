package io.suimon.dataplane.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.CipherSuiteConverter;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.tls.ClientProof;
import io.suimon.engine.tls.ServerIdentity;
import io.suimon.engine.tls.TlsSession;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Where connections of clients come in that are encrypted: each handshake is answered with the certificate that the configuration
 * has for the name the client asked for at that moment; connections that are there stay as they are. Thread-safe.
 */
public final class TlsEntrance implements AutoCloseable {

    /** Who goes on with a connection behind its handshake. */
    @FunctionalInterface
    public interface Next {

        /**
         * Puts the handler of the protocol at the end of the pipeline; on the event loop.
         *
         * @param protocol what was agreed on by ALPN; null when nothing was
         */
        void take(Channel channel, TlsSession session, @Nullable String protocol);
    }

    private final TlsConfig config;
    private final Supplier<Runtime> runtime;
    private final InstantSource clock;
    private final ContextCache<ServerIdentity> contexts;
    private final HandshakeCounts counts;
    private final @Nullable Staples staples;

    /**
     * An entrance.
     *
     * @param runtime asked once per handshake
     * @param applicationProtocols what is offered by ALPN, the most wanted first
     * @param counts told of every handshake
     * @throws IOException when the library that is wanted does not load; the message is one line for people
     */
    public TlsEntrance(
            TlsConfig config,
            Supplier<Runtime> runtime,
            List<String> applicationProtocols,
            InstantSource clock,
            HandshakeCounts counts)
            throws IOException {
        this.config = config;
        this.runtime = runtime;
        this.clock = clock;
        this.counts = counts;
        var library = TlsLibrary.of(config.library());
        this.staples = Staples.of(config, library, clock);
        this.contexts = new ContextCache<>(
                config.maxContexts(), new ServerContexts(config, library, applicationProtocols, staples));
    }

    /** Begins the handshake of a connection that was just accepted; on its event loop. */
    public void accept(Channel channel, Next next) {
        if (counts.began() > config.maxHandshakes()) {
            failed(HandshakeFailure.OVERLOAD);
            channel.unsafe().closeForcibly();
            return;
        }
        var handshake = new Handshake(clock.millis());
        channel.pipeline()
                .addLast(new ServerNameHandler(
                        this, handshake, config.handshakeTimeout().toMillis()))
                .addLast(new HandshakeHandler(this, handshake, next));
    }

    /** What is known of what is shown beside certificates. */
    public StapleReport staples() {
        return staples == null ? StapleReport.NONE : staples.report();
    }

    Future<ReadyContext> lookup(Handshake handshake, @Nullable String asked, EventExecutor loop) {
        var name = asked == null ? null : withoutDot(asked);
        var meant = name == null ? config.fallbackSni().orElse(null) : name;
        if (meant == null) {
            return loop.newFailedFuture(new RefusedException(HandshakeFailure.NO_SERVER_NAME));
        }
        var certificate = runtime.get().certificate(meant);
        if (certificate == null) {
            return loop.newFailedFuture(new RefusedException(HandshakeFailure.UNKNOWN_SERVER_NAME));
        }
        handshake.found(name, certificate.policy());
        return contexts.find(certificate.identity(), loop);
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    void failed(HandshakeFailure reason) {
        counts.failed(reason);
    }

    TlsSession established(Handshake handshake, SSLEngine engine) {
        boolean resumed = TlsLibrary.resumed(engine, handshake.began());
        var session = engine.getSession();
        var cipher = CipherSuiteConverter.toOpenSsl(session.getCipherSuite(), false);
        var established = new TlsSession(
                handshake.serverName(),
                session.getProtocol(),
                cipher == null ? session.getCipherSuite() : cipher,
                HexFormat.of().formatHex(session.getId()),
                resumed,
                proof(handshake, engine),
                handshake.policy());
        counts.succeeded(resumed);
        return established;
    }

    private static ClientProof proof(Handshake handshake, SSLEngine engine) {
        var trust = handshake.trust();
        if (trust == null) {
            return ClientProof.NONE;
        }
        X509Certificate[] chain;
        try {
            var shown = engine.getSession().getPeerCertificates();
            chain = Arrays.copyOf(shown, shown.length, X509Certificate[].class);
        } catch (SSLPeerUnverifiedException e) {
            return ClientProof.NONE; // it was asked and had none
        }
        var fault = trust.verdict(chain);
        return fault.isEmpty() ? ClientProof.verified(chain[0]) : ClientProof.failed(chain[0], fault);
    }

    /** Lets go of keys and certificates; called when nothing is accepted any more. */
    @Override
    public void close() {
        contexts.close();
        if (staples != null) {
            staples.close();
        }
    }
}
