package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.suimon.engine.resource.ResourceKind.SSL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of a request whose client goes away, or only says that it will say no more. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class GoneClientTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private static final String HALF_A_BODY = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 9\r\n\r\nabc";
    private static final String PLAIN = "plain";

    @TempDir
    Path folder;

    private final CompletableFuture<String> originSaw = new CompletableFuture<>();
    private final CountDownLatch answer = new CountDownLatch(1);
    private TestAuthority authority;
    private RawOrigin origin;
    private TestGateway gateway;

    @BeforeEach
    void prepare() throws IOException {
        authority = TestAuthority.in(folder, "ca");
        gateway = new TestGateway()
                .resource(
                        SSL,
                        "1",
                        "{\"sni\":\"a.test\"," + authority.sign("a.test").members() + "}");
        origin = new RawOrigin(connection -> {
            connection.head();
            originSaw.complete(connection.until("never"));
        });
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    private void start(String library) throws IOException {
        gateway.setTls("library", library.equals(PLAIN) ? "auto" : library)
                .route(TestGateway.upstream(origin.port()))
                .start();
    }

    /** Sends a request, and waits until the origin has its head. */
    private Client asking(String library, String request) throws Exception {
        start(library);
        var socket = new Socket(
                InetAddress.getLoopbackAddress(), library.equals(PLAIN) ? gateway.port() : gateway.tlsPort());
        var client = library.equals(PLAIN)
                ? new Client(socket, socket)
                : new Client(socket, TlsClient.over(authority.client(), socket, "a.test"));
        client.open.getOutputStream().write(Wire.bytes(request));
        client.open.getOutputStream().flush();
        await().until(() -> origin.heads.size() == 1);
        return client;
    }

    /** @param open what is written to: the same, or TLS over it */
    private record Client(Socket socket, Socket open) {

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private void assertGivenUp(String logged) throws Exception {
        assertThat(originSaw.get(TestPatience.SECONDS, TimeUnit.SECONDS)).isIn("", "abc");
        await().untilAsserted(() -> assertThat(gateway.finished).containsExactly(logged));
        await().until(() -> gateway.listener().counts().running() == 0);
        await().until(() -> gateway.listener().counts().active() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "tcnative", "jdk"})
    void aResetBeforeTheResponseGivesItUp(String library) throws Exception {
        asking(library, GET).reset();

        assertGivenUp("GET / 499");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "tcnative", "jdk"})
    void aResetInTheMiddleOfABodyGivesItUp(String library) throws Exception {
        asking(library, HALF_A_BODY).reset();

        assertGivenUp("POST / 499");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "tcnative", "jdk"})
    void anEndInTheMiddleOfABodyGivesItUp(String library) throws Exception {
        asking(library, HALF_A_BODY).socket().shutdownOutput();

        assertGivenUp("POST / 499");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "tcnative", "jdk"})
    void aResetBehindTheEndOfInputGivesItUp(String library) throws Exception {
        var client = asking(library, GET);
        client.socket().shutdownOutput();
        await().during(java.time.Duration.ofMillis(300)).until(() -> !originSaw.isDone());

        client.reset();

        assertGivenUp("GET / 499");
    }

    @ParameterizedTest
    @CsvSource({"tcnative, TLSv1.2", "tcnative, TLSv1.3", "jdk, TLSv1.2", "jdk, TLSv1.3"})
    void aGoodbyeOfTlsGivesItUp(String library, String version) throws Exception {
        gateway.setTls("protocols", version);
        var client = asking(library, GET);

        ((SSLSocket) client.open()).shutdownOutput();

        assertGivenUp("GET / 499");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "tcnative", "jdk"})
    void aClientThatWillSayNoMoreIsServed(String library) throws Exception {
        origin.close();
        origin = new RawOrigin(connection -> {
            connection.head();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        });
        var client = asking(library, GET);

        client.socket().shutdownOutput();
        await().during(java.time.Duration.ofMillis(200)).until(() -> gateway.finished.isEmpty());
        answer.countDown();

        assertThat(Wire.text(client.open().getInputStream().readAllBytes()))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("hi");
        assertThat(gateway.finished).isEqualTo(List.of("GET / 200"));
    }

    @Test
    void aClientThatClosesIsFoundOutByTheFirstBytesItDoesNotTake() throws Exception {
        origin.close();
        origin = new RawOrigin(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
            try {
                for (int i = 0; i < 10_000; i++) {
                    connection.send("x".repeat(10_000));
                }
            } finally {
                originSaw.complete("");
            }
        });
        var client = asking(PLAIN, GET);

        client.open().close();

        assertGivenUp("GET / 200");
    }
}
