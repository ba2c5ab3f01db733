package io.suimon.engine.expression;

import io.suimon.engine.tls.TlsSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/** What the TLS handshake came to, and who the client showed to be. Absent without TLS; worked out when asked for. */
final class TlsVariables {

    private static final DateTimeFormatter VALIDITY = DateTimeFormatter.ofPattern(
                    "MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    static final Map<String, Variable> ALL = Map.ofEntries(
            entry("ssl_server_name", session(TlsSession::serverName)),
            entry("ssl_protocol", session(TlsSession::protocol)),
            entry("ssl_cipher", session(TlsSession::cipher)),
            entry("ssl_session_id", session(TlsSession::id)),
            entry("ssl_session_reused", session(session -> session.resumed() ? "r" : ".")),
            entry("ssl_client_verify", session(session -> session.client().verdict())),
            entry("ssl_client_s_dn", certificate(certificate -> name(certificate.getSubjectX500Principal()))),
            entry("ssl_client_i_dn", certificate(certificate -> name(certificate.getIssuerX500Principal()))),
            entry("ssl_client_serial", certificate(TlsVariables::serial)),
            entry("ssl_client_fingerprint", certificate(TlsVariables::fingerprint)),
            entry("ssl_client_v_start", certificate(certificate -> time(certificate.getNotBefore()))),
            entry("ssl_client_v_end", certificate(certificate -> time(certificate.getNotAfter()))),
            entry("ssl_client_raw_cert", certificate(TlsVariables::pem)),
            entry(
                    "ssl_client_cert",
                    certificate(certificate -> pem(certificate).strip().replace("\n", "\n\t"))),
            entry("ssl_client_escaped_cert", certificate(certificate -> escaped(pem(certificate)))));

    private TlsVariables() {}

    private static Variable session(Function<TlsSession, @Nullable String> property) {
        return exchange -> {
            var session = exchange.connection().session();
            return session == null ? null : property.apply(session);
        };
    }

    private static Variable certificate(Function<X509Certificate, String> property) {
        return session(session -> {
            var certificate = session.client().certificate();
            return certificate == null ? null : property.apply(certificate);
        });
    }

    /** As RFC 2253 has it, the most specific part first. */
    private static String name(X500Principal principal) {
        return principal.getName(X500Principal.RFC2253);
    }

    private static String serial(X509Certificate certificate) {
        return HexFormat.of()
                .withUpperCase()
                .formatHex(unsigned(certificate.getSerialNumber().toByteArray()));
    }

    private static byte[] unsigned(byte[] number) {
        return number.length > 1 && number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(encoded(certificate)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1: every JDK has it", e);
        }
    }

    private static String time(Date date) {
        return VALIDITY.format(date.toInstant());
    }

    private static String pem(X509Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(encoded(certificate))
                + "\n-----END CERTIFICATE-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read from its encoding has one", e);
        }
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 128);
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            boolean plain = Character.isLetterOrDigit(b) || b == '-' || b == '_' || b == '.' || b == '~';
            if (plain) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return escaped.toString();
    }
}
