package io.suimon.controlplane.admin;

import io.suimon.process.InvalidSettingException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The certificate the Admin API shows, with its key: as in two files, and again when these change. While they hold no pair that fits
 * together, the last one that did is shown.
 *
 * <p>Thread-safe; handshakes read what {@link #refresh} swaps.
 */
final class ServerIdentity extends X509ExtendedKeyManager {

    private static final Logger LOG = Logger.getLogger(ServerIdentity.class);

    private final Path certificate;
    private final Path key;
    private final Vertx vertx;
    private volatile PemFiles.Pair current;
    private volatile boolean broken;

    /** @throws InvalidSettingException when the files hold no certificate with its key */
    ServerIdentity(Path certificate, Path key, Vertx vertx) {
        this.certificate = certificate;
        this.key = key;
        this.vertx = vertx;
        try {
            var pair = PemFiles.pair(certificate, key, vertx);
            this.current = pair.orElseThrow(() -> new InvalidSettingException(
                    "suimon.admin.tls", certificate + " with " + key, "a certificate with its own key, both in PEM"));
        } catch (IOException e) {
            throw new InvalidSettingException("suimon.admin.tls", certificate + " with " + key, "readable files");
        }
    }

    /** Looks at the files again. Returns whether the certificate is another one now. */
    boolean refresh() {
        Optional<PemFiles.Pair> read;
        try {
            read = PemFiles.pair(certificate, key, vertx);
        } catch (IOException e) {
            read = Optional.empty();
        }
        if (read.isEmpty()) {
            if (!broken) {
                LOG.warnf("%s and %s hold no certificate with its key: the one before stays", certificate, key);
            }
            broken = true;
            return false;
        }
        broken = false;
        if (read.get().sameAs(current)) {
            return false;
        }
        current = read.get();
        LOG.infof("took a new certificate from %s", certificate);
        return true;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return current.manager().getServerAliases(keyType, issuers);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return current.manager().chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return current.manager().chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return current.manager().getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return current.manager().getPrivateKey(alias);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
