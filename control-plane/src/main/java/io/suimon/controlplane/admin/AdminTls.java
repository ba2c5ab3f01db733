package io.suimon.controlplane.admin;

import io.suimon.process.InvalidSettingException;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Decides how the Admin API's listener is protected: plain text, TLS, or TLS for clients with a certificate.
 *
 * <p>A new certificate is taken within {@link #ROTATION} of its files' change; a new client CA with the next start.
 */
@Singleton
final class AdminTls {

    private static final Duration ROTATION = Duration.ofSeconds(10);
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    private final AdminConfig.Tls config;
    private final Vertx vertx;

    AdminTls(AdminConfig config, Vertx vertx) {
        this.config = config.tls();
        this.vertx = vertx;
    }

    /**
     * Sets a listener's options. Called once.
     *
     * @throws InvalidSettingException when the settings contradict each other or their files cannot be used
     */
    void protect(HttpServerOptions options) {
        if (config.certificate().isPresent() != config.key().isPresent()) {
            throw new InvalidSettingException(
                    "suimon.admin.tls", "only one of certificate and key is set", "both or none");
        }
        if (config.certificate().isEmpty()) {
            if (config.clientCa().isPresent()) {
                throw new InvalidSettingException(
                        "suimon.admin.tls.client-ca",
                        config.clientCa().get(),
                        "suimon.admin.tls.certificate and key beside it");
            }
            return;
        }
        var identity = new ServerIdentity(
                readable("suimon.admin.tls.certificate", config.certificate().get()),
                readable("suimon.admin.tls.key", config.key().orElseThrow()),
                vertx);
        options.setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(identity))
                .setEnabledSecureTransportProtocols(PROTOCOLS);
        config.clientCa().ifPresent(ca -> demandCertificates(options, ca));
        vertx.setPeriodic(
                ROTATION.toMillis(),
                timer -> vertx.executeBlocking(identity::refresh).mapEmpty());
    }

    private void demandCertificates(HttpServerOptions options, Path authorities) {
        var trust = new PemTrustOptions()
                .addCertPath(readable("suimon.admin.tls.client-ca", authorities).toString());
        if (!PemFiles.isTrustworthy(trust, vertx)) {
            throw new InvalidSettingException("suimon.admin.tls.client-ca", authorities, "certificates in PEM");
        }
        options.setTrustOptions(trust).setClientAuth(ClientAuth.REQUIRED);
    }

    private static Path readable(String setting, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new InvalidSettingException(setting, file, "a readable file");
        }
        return file;
    }
}
