package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A client of HTTP/1.0 has nothing but the end of the connection to know the end of a body by. */
class BrokenOffTest {

    private static final String GET = "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n";

    /** Counted down when the origin may break off. */
    private final CountDownLatch read = new CountDownLatch(1);

    private RawOrigin breakingOff() throws IOException {
        return new RawOrigin(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
            hold();
        });
    }

    private void hold() {
        try {
            read.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aBodyThatIsBrokenOffEndsWithAReset() throws Exception {
        try (var origin = breakingOff();
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {
            var begin = client.send(GET).until("hi");

            read.countDown();

            assertThat(begin).contains("Connection: close\r\n").doesNotContain("chunked");
            assertThatExceptionOfType(SocketException.class).isThrownBy(client::all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcnative", "jdk"})
    void inTlsItEndsWithoutAGoodbye(String library, @TempDir Path folder) throws Exception {
        var authority = TestAuthority.in(folder, "ca");
        try (var origin = breakingOff();
                var gateway = new TestGateway()
                        .setTls("library", library)
                        .resource(
                                ResourceKind.SSL,
                                "1",
                                "{\"sni\":\"a.test\","
                                        + authority.sign("a.test").members() + "}")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = TlsClient.connect(authority.client(), gateway.tlsPort(), "a.test")) {
            var in = client.send(GET).socket().getInputStream();
            var status = Wire.text(in.readNBytes("HTTP/1.1 200".length()));

            read.countDown();

            assertThat(status).isEqualTo("HTTP/1.1 200");
            assertThatExceptionOfType(IOException.class).isThrownBy(client::all);
        }
    }
}
