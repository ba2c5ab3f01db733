package io.suimon.dataplane.sync;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Decides how the connection to the control plane is protected: TLS, or plain text that does not leave the machine. */
final class SyncTls {

    private static final String PREFIX = "suimon.control-plane.";

    private SyncTls() {}

    /**
     * The client's TLS; empty for plain text.
     *
     * @throws IOException when the settings are not safe or cannot be read; its message is one line for people
     */
    static Optional<SslContext> of(SyncConfig config, List<ControlPlaneAddress> addresses) throws IOException {
        var tls = config.tls();
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            throw new IOException(PREFIX + "tls: only one of certificate and key is set (expected: both or none)");
        }
        if (tls.ca().isPresent()) {
            return Optional.of(context(tls, tls.ca().get()));
        }
        if (tls.certificate().isPresent()) {
            throw new IOException(PREFIX + "tls.certificate: set without " + PREFIX + "tls.ca");
        }
        for (var address : addresses) {
            if (!address.loopback()) {
                throw new IOException("%saddresses: %s in plain text (expected: a loopback address, or %stls.ca)"
                        .formatted(PREFIX, address, PREFIX));
            }
        }
        return Optional.empty();
    }

    private static SslContext context(SyncConfig.Tls tls, Path ca) throws IOException {
        try {
            var builder = GrpcSslContexts.forClient()
                    .trustManager(readable("tls.ca", ca).toFile())
                    .protocols("TLSv1.3", "TLSv1.2");
            if (tls.certificate().isPresent()) {
                builder.keyManager(
                        readable("tls.certificate", tls.certificate().get()).toFile(),
                        readable("tls.key", tls.key().orElseThrow()).toFile());
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IOException(PREFIX + "tls: not PEM: " + e.getMessage(), e);
        }
    }

    private static Path readable(String setting, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("%s%s: %s (expected: a readable file)".formatted(PREFIX, setting, file));
        }
        return file;
    }
}
