package io.suimon.dataplane.proxy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.TestPatience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls of gRPC over TLS on both sides of the gateway, whichever library encrypts. */
abstract class GrpcTlsContract {

    private final String library;

    @TempDir
    Path folder;

    private TestAuthority authority;
    private TestAuthority clients;
    private @Nullable GrpcOrigin origin;
    private TestGateway gateway;
    private @Nullable ManagedChannel channel;

    GrpcTlsContract(String library) {
        this.library = library;
    }

    @BeforeEach
    void prepare() throws Exception {
        authority = TestAuthority.in(folder, "ca");
        clients = TestAuthority.in(folder, "clients");
        var shop = authority.sign("shop.test");
        gateway = new TestGateway()
                .setTls("library", library)
                .resource(ResourceKind.SSL, "shop", "{\"sni\":\"shop.test\"," + shop.members() + "}");
    }

    @AfterEach
    void close() throws Exception {
        if (channel != null) {
            channel.shutdownNow().awaitTermination(TestPatience.SECONDS, TimeUnit.SECONDS);
        }
        gateway.close();
        if (origin != null) {
            origin.close();
        }
    }

    private NettyServerBuilder encrypted(NettyServerBuilder server, ClientAuth ask) {
        var up = authority.sign("up.test");
        var builder = SslContextBuilder.forServer(
                        up.certificateFile().toFile(), up.keyFile().toFile())
                .clientAuth(ask)
                .trustManager(clients.certificateFile().toFile());
        try {
            GrpcSslContexts.configure(builder, SslProvider.JDK);
            return server.sslContext(builder.build());
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(GrpcOrigin started, String... more) throws Exception {
        origin = started;
        gateway.route("\"upstream\":{\"scheme\":\"grpcs\",\"nodes\":{\"127.0.0.1:" + started.port() + "\":1}"
                        + (more.length == 0 ? "" : "," + String.join(",", more)) + "}")
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.tlsPort())
                .overrideAuthority("shop.test")
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(authority.certificateFile().toFile())
                        .build())
                .build();
    }

    private String echo(String message) {
        var options = CallOptions.DEFAULT.withDeadlineAfter(TestPatience.LONG);
        byte[] answer = ClientCalls.blockingUnaryCall(
                Objects.requireNonNull(channel), GrpcOrigin.ECHO, options, message.getBytes(StandardCharsets.UTF_8));
        return new String(answer, StandardCharsets.UTF_8);
    }

    @Test
    void bothSidesMayBeEncrypted() throws Exception {
        var started = new GrpcOrigin(0, server -> encrypted(server, ClientAuth.NONE));
        start(started);

        assertThat(echo("secret")).isEqualTo("secret");
        assertThat(started.authorities).containsExactly("shop.test");
        assertThat(gateway.finished).containsExactly("POST /test.Bytes/Echo 200");
    }

    @Test
    void theOriginIsShownACertificate() throws Exception {
        var started = new GrpcOrigin(0, server -> encrypted(server, ClientAuth.REQUIRE));
        var jack = clients.sign("jack");
        start(
                started,
                "\"tls\":{\"client_cert\":" + TestAuthority.quoted(jack.certificate()) + ",\"client_key\":"
                        + TestAuthority.quoted(jack.key()) + "}");

        assertThat(echo("me")).isEqualTo("me");
    }

    @Test
    void anOriginThatAsksForACertificateAndGetsNoneIsABadGateway() throws Exception {
        var started = new GrpcOrigin(0, server -> encrypted(server, ClientAuth.REQUIRE));
        start(started);

        assertThatThrownBy(() -> echo("me")).hasMessageContaining("HTTP status code 502");
    }

    @Test
    void aCertificateThatIsTrustedIsVerified() throws Exception {
        var started = new GrpcOrigin(0, server -> encrypted(server, ClientAuth.NONE));
        gateway.setTls("upstream.verify", "true")
                .setTls(
                        "upstream.trusted-certificates",
                        authority.certificateFile().toString());
        start(started, "\"pass_host\":\"rewrite\",\"upstream_host\":\"up.test\"");

        assertThat(echo("checked")).isEqualTo("checked");
    }

    @Test
    void aCertificateThatIsNotTrustedIsABadGateway() throws Exception {
        var started = new GrpcOrigin(0, server -> encrypted(server, ClientAuth.NONE));
        gateway.setTls("upstream.verify", "true")
                .setTls(
                        "upstream.trusted-certificates",
                        clients.certificateFile().toString());
        start(started, "\"pass_host\":\"rewrite\",\"upstream_host\":\"up.test\"");

        assertThatThrownBy(() -> echo("?")).hasMessageContaining("HTTP status code 502");
    }
}
