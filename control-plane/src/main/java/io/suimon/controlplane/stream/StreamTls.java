package io.suimon.controlplane.stream;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Decides how the stream is protected, from its settings: TLS, or plain text that does not leave the machine. */
final class StreamTls {

    private StreamTls() {}

    /**
     * The server's TLS; empty for plain text.
     *
     * @throws IOException when the settings are not safe or cannot be read; its message is one line for people
     */
    static Optional<SslContext> of(StreamConfig config, InetAddress host) throws IOException {
        var tls = config.tls();
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            throw new IOException("suimon.stream.tls: only one of certificate and key is set (expected: both or none)");
        }
        if (tls.certificate().isEmpty()) {
            if (tls.clientCa().isPresent()) {
                throw new IOException("suimon.stream.tls.client-ca: set without suimon.stream.tls.certificate and key");
            }
            if (!host.isLoopbackAddress()) {
                throw new IOException(
                        "suimon.stream.host: %s in plain text (expected: a loopback address, or suimon.stream.tls.certificate and key)"
                                .formatted(config.host()));
            }
            return Optional.empty();
        }
        if (!host.isLoopbackAddress()
                && tls.clientCa().isEmpty()
                && config.joinToken().isEmpty()) {
            throw new IOException(
                    "suimon.stream.host: %s open to any node (expected: suimon.stream.join-token or suimon.stream.tls.client-ca)"
                            .formatted(config.host()));
        }
        return Optional.of(context(tls));
    }

    private static SslContext context(StreamConfig.Tls tls) throws IOException {
        var certificate =
                readable("suimon.stream.tls.certificate", tls.certificate().orElseThrow());
        var key = readable("suimon.stream.tls.key", tls.key().orElseThrow());
        try {
            var builder = GrpcSslContexts.forServer(certificate.toFile(), key.toFile())
                    .protocols("TLSv1.3", "TLSv1.2");
            if (tls.clientCa().isPresent()) {
                var ca = readable("suimon.stream.tls.client-ca", tls.clientCa().get());
                builder.trustManager(ca.toFile()).clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IOException("suimon.stream.tls: not a certificate with its key in PEM: " + e.getMessage(), e);
        }
    }

    private static Path readable(String setting, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("%s: %s (expected: a readable file)".formatted(setting, file));
        }
        return file;
    }
}
