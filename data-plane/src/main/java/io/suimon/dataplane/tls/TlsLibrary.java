package io.suimon.dataplane.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;

/** Who encrypts: BoringSSL by netty-tcnative, or the JDK. */
enum TlsLibrary {
    TCNATIVE(SslProvider.OPENSSL_REFCNT),
    JDK(SslProvider.JDK);

    private final SslProvider provider;

    TlsLibrary(SslProvider provider) {
        this.provider = provider;
    }

    /**
     * The one that is wanted.
     *
     * @throws IOException when it does not load; the message is one line for people
     */
    static TlsLibrary of(TlsConfig.Library wanted) throws IOException {
        return switch (wanted) {
            case AUTO -> OpenSsl.isAvailable() ? TCNATIVE : JDK;
            case JDK -> JDK;
            case TCNATIVE -> {
                if (!OpenSsl.isAvailable()) {
                    var cause = OpenSsl.unavailabilityCause();
                    throw new IOException("suimon.tls.library: tcnative does not load here: " + cause, cause);
                }
                yield TCNATIVE;
            }
        };
    }

    SslProvider provider() {
        return provider;
    }

    /** Whether it looks at what a client can check before it chooses among keys of several kinds. */
    boolean choosesKeys() {
        return this == JDK;
    }

    /** Keys in the form that costs least at each handshake. */
    KeyManagerFactory ready(KeyManagerFactory keys) {
        return this == JDK ? keys : new OpenSslCachingX509KeyManagerFactory(keys);
    }

    /** Whether it shows clients that a certificate is still good. */
    boolean staples() {
        return this == TCNATIVE && OpenSsl.isOcspSupported();
    }

    /** Shows this status to a client that asks for it; of an engine of a library that {@link #staples}. */
    static void show(SSLEngine engine, byte[] status) {
        if (engine instanceof ReferenceCountedOpenSslEngine known) {
            known.setOcspResponse(status);
        }
    }

    /**
     * Whether a handshake that succeeded went on with an earlier one.
     *
     * @param began when, in milliseconds since the epoch
     */
    static boolean resumed(SSLEngine engine, long began) {
        if (engine instanceof ReferenceCountedOpenSslEngine known) {
            return SSL.isSessionReused(known.sslPointer());
        }
        return engine.getSession().getCreationTime() < began;
    }
}
