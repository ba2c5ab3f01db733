package io.suimon.dataplane.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.suimon.engine.resource.Certificate.ClientVerification;
import io.suimon.engine.resource.Pem;
import io.suimon.engine.tls.KeyMaterial;
import io.suimon.engine.tls.ServerIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes what handshakes with clients need of a certificate. Each has sessions of its own: none is resumed under another. */
final class ServerContexts implements ContextCache.Maker<ServerIdentity> {

    private static final Logger LOG = Logger.getLogger(ServerContexts.class);

    private final TlsConfig config;
    private final TlsLibrary library;
    private final List<String> applicationProtocols;
    private final @Nullable Staples staples;

    /**
     * @param applicationProtocols what is offered by ALPN
     * @param staples null where nothing is shown beside certificates
     */
    ServerContexts(TlsConfig config, TlsLibrary library, List<String> applicationProtocols, @Nullable Staples staples) {
        this.staples = staples;
        this.config = config;
        this.library = library;
        this.applicationProtocols = List.copyOf(applicationProtocols);
    }

    @Override
    public ReadyContext make(ServerIdentity from) throws UnusableException {
        try {
            return build(from);
        } catch (SSLException | IllegalArgumentException | IllegalStateException e) {
            LOG.warnf("a certificate for clients cannot be used: %s", e.getMessage());
            throw new UnusableException(String.valueOf(e.getMessage()), e);
        } catch (UnusableException e) {
            LOG.warnf("a certificate for clients cannot be used: %s", e.getMessage());
            throw e;
        }
    }

    private ReadyContext build(ServerIdentity from) throws UnusableException, SSLException {
        var client = from.client();
        var trust = client == null ? null : trust(client);
        var all = PrivateKeys.read(from.pairs());
        var byKind = all.stream().collect(Collectors.partitioningBy(PrivateKeys::isEllipticCurve));
        var curves = byKind.getOrDefault(true, List.of());
        var others = byKind.getOrDefault(false, List.of());
        return library.choosesKeys() || curves.isEmpty() || others.isEmpty()
                ? ReadyContext.of(offer(from, all, trust), trust)
                : new ReadyContext(offer(from, curves, trust), offer(from, others, trust), trust);
    }

    private Offer offer(ServerIdentity from, List<KeyMaterial> keys, @Nullable PeerTrust trust)
            throws UnusableException, SSLException {
        var context = context(from, keys, trust);
        var staple = staples == null ? null : staples.of(keys);
        var leaf = keys.getFirst().chain().getFirst();
        if (staple == null && MustStaple.isDemandedBy(leaf)) {
            LOG.warnf(
                    "%s demands that an OCSP response is shown with it, and none will be"
                            + " (expected: suimon.tls.ocsp.stapling, a responder of http, the issuer behind it)",
                    leaf.getSubjectX500Principal());
        }
        return new Offer(context, staple);
    }

    private SslContext context(ServerIdentity from, List<KeyMaterial> keys, @Nullable PeerTrust trust)
            throws UnusableException, SSLException {
        var builder = SslContextBuilder.forServer(library.ready(PrivateKeys.factory(keys)))
                .sslProvider(library.provider())
                .protocols(protocols(from))
                .ciphers(ciphers(), SupportedCipherSuiteFilter.INSTANCE)
                .sessionCacheSize(config.sessionCacheSize())
                .sessionTimeout(config.sessionTimeout().toSeconds())
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        applicationProtocols))
                .enableOcsp(staples != null);
        if (trust != null) {
            builder.clientAuth(trust.isLenient() ? ClientAuth.OPTIONAL : ClientAuth.REQUIRE)
                    .trustManager(trust);
        }
        return withTickets(builder.build());
    }

    private SslContext withTickets(SslContext context) {
        if (config.sessionTickets() && context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setTicketKeys(); // none: BoringSSL makes its own, and new ones every day
        }
        return context;
    }

    private List<String> protocols(ServerIdentity from) {
        return from.protocols().isEmpty()
                ? config.protocols()
                : from.protocols().stream().sorted().toList();
    }

    private List<String> ciphers() {
        var all = new ArrayList<>(
                List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"));
        all.addAll(config.ciphers());
        return all;
    }

    private static PeerTrust trust(ClientVerification client) throws UnusableException {
        var authorities = Pem.certificates(client.ca());
        if (authorities.isEmpty()) {
            throw new UnusableException("client.ca: no certificate can be read (expected: PEM)");
        }
        return PeerTrust.of(
                authorities, client.depth(), !client.skipUriPatterns().isEmpty());
    }
}
