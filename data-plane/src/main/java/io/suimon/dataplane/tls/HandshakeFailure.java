package io.suimon.dataplane.tls;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** Why a handshake did not succeed. */
enum HandshakeFailure {
    /** The client named no server, and there is no name to fall back on. */
    NO_SERVER_NAME,
    UNKNOWN_SERVER_NAME,
    /** The library cannot work with the configured certificate. */
    CERTIFICATE,
    /** The client's certificate is missing, or nobody vouches for it. */
    CLIENT_CERTIFICATE,
    /** The other side ended it with an alert: often, it does not trust the certificate. */
    PEER_ALERT,
    /** The other side's certificate is not to be trusted. */
    UNTRUSTED,
    /** No version or cipher in common, or bytes that make no sense. */
    PROTOCOL,
    /** What came is no TLS. */
    NOT_TLS,
    TIMEOUT,
    /** The other side went away. */
    CLOSED,
    /** Too many at a time. */
    OVERLOAD,
    /** A bug. */
    DEFECT;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** As metrics call it. */
    String label() {
        return label;
    }

    /** What an exception of a client's handshake means. */
    static HandshakeFailure of(Throwable thrown) {
        var cause = thrown instanceof DecoderException || thrown instanceof CompletionException
                ? (thrown.getCause() == null ? thrown : thrown.getCause())
                : thrown;
        return switch (cause) {
            case RefusedException refused -> refused.reason();
            case SslHandshakeTimeoutException late -> TIMEOUT;
            case NotSslRecordException other -> NOT_TLS;
            case ClosedChannelException gone -> CLOSED;
            case SSLException broken -> ofSsl(broken);
            case TooLongFrameException large -> PROTOCOL;
            case IOException gone -> CLOSED;
            case DecoderException nonsense -> PROTOCOL;
            default -> DEFECT;
        };
    }

    private static HandshakeFailure ofSsl(SSLException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return CLIENT_CERTIFICATE;
            }
        }
        var message = String.valueOf(broken.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("alert")) {
            return PEER_ALERT;
        }
        if (message.contains("certificate")) {
            return CLIENT_CERTIFICATE;
        }
        return message.contains("closed") ? CLOSED : PROTOCOL;
    }
}
