package io.suimon.dataplane.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.suimon.engine.tls.ClientIdentity;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes what handshakes with upstreams need, for each identity that is shown, and for none. */
final class OriginContexts implements ContextCache.Maker<OriginContexts.Kind> {

    /** What they are made from. */
    record Kind(@Nullable ClientIdentity identity, boolean http2) {}

    private static final ApplicationProtocolConfig HTTP_2 = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            "h2");

    private static final Logger LOG = Logger.getLogger(OriginContexts.class);

    private final TlsLibrary library;
    private final @Nullable TrustManagerFactory trust;

    /** @param trust who vouches for upstreams; null means that nobody has to */
    OriginContexts(TlsLibrary library, @Nullable TrustManagerFactory trust) {
        this.library = library;
        this.trust = trust;
    }

    @Override
    public ReadyContext make(Kind kind) throws UnusableException {
        try {
            var builder = SslContextBuilder.forClient()
                    .sslProvider(library.provider())
                    .trustManager(trust == null ? InsecureTrustManagerFactory.INSTANCE : trust)
                    .protocols("TLSv1.2", "TLSv1.3");
            if (kind.http2()) {
                builder.applicationProtocolConfig(HTTP_2);
            }
            if (kind.identity() != null) {
                var keys = PrivateKeys.read(kind.identity().pairs());
                builder.keyManager(library.ready(PrivateKeys.factory(keys)));
            }
            return ReadyContext.of(new Offer(builder.build(), null), null);
        } catch (SSLException | IllegalArgumentException | IllegalStateException e) {
            LOG.warnf("a certificate for upstreams cannot be used: %s", e.getMessage());
            throw new UnusableException(String.valueOf(e.getMessage()), e);
        } catch (UnusableException e) {
            LOG.warnf("a certificate for upstreams cannot be used: %s", e.getMessage());
            throw e;
        }
    }
}
