package io.suimon.dataplane.discovery.http;

import io.suimon.dataplane.discovery.http.RegistryClient.Question;
import io.suimon.dataplane.discovery.http.TestServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What servers do that are no registries, or are broken, or mean harm. */
class RegistryClientTest {

    private static final int MAX_ANSWER = 1000;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration HASTE = Duration.ofMillis(500);
    private static final Question QUESTION = Question.get("/v1/x?token=s3cret", Map.of("X-Consul-Token", "s3cret"));

    @RegisterExtension
    static final TestHost HOST = new TestHost();

    private final RegistryClient client = new RegistryClient(HOST.host(), CONNECT, MAX_ANSWER, 2);
    private final RegistryClient hasty = new RegistryClient(HOST.host(), HASTE, MAX_ANSWER, 2);

    @AfterEach
    void stop() {
        client.close();
        hasty.close();
    }

    private static RegistryServer server(String url) {
        return RegistryServer.parse("servers", List.of(url)).getFirst();
    }

    /** Waits until one client has spoken, answers it as it is told, and knows when the client hung up. */
    private static final class RawServer implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Boolean> hungUp = new CompletableFuture<>();

        interface Speaking {
            void to(Socket client) throws IOException, InterruptedException;
        }

        RawServer(Speaking speaking) throws IOException {
            Thread.ofVirtual().start(() -> {
                try (var client = socket.accept()) {
                    client.getInputStream().read(); // an answer ahead of its request is another fault
                    speaking.to(client);
                    while (client.getInputStream().read() >= 0) {
                        // the rest of the request
                    }
                    hungUp.complete(true);
                } catch (IOException e) {
                    hungUp.complete(true);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        RegistryServer server() {
            return RegistryClientTest.server("http://127.0.0.1:" + socket.getLocalPort());
        }

        boolean isHungUpOn() throws Exception {
            return hungUp.get(10, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "garbage\\r\\n\\r\\n",
                "SSH-2.0-x\\r\\n",
                "HTTP/1.1 200 s3cret\\r\\nContent-Length: x s3cret\\r\\n\\r\\n",
                "HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\nab",
            })
    void whatIsNoAnswerIsSaidWithoutWhatWasSentOrCame(String answer) throws Exception {
        try (var raw = new RawServer(client -> say(client, unescaped(answer)))) {
            var server = raw.server();

            assertThatThrownBy(() -> client.ask(server, QUESTION, ANSWER))
                    .isInstanceOf(IOException.class)
                    .hasMessage(server + ": the connection is broken, or the answer is no HTTP");
            assertThat(raw.isHungUpOn()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nab", "HTTP/1.1 200", ""})
    void anAnswerThatIsNotWholeIsNotAwaitedForEver(String answer) throws Exception {
        try (var raw = new RawServer(client -> say(client, unescaped(answer)))) {
            var server = raw.server();

            assertThatThrownBy(() -> hasty.ask(server, QUESTION, HASTE))
                    .isInstanceOf(IOException.class)
                    .hasMessage(server + ": no whole answer within 1000 ms");
            assertThat(raw.isHungUpOn()).isTrue();
        }
    }

    @Test
    void aByteNowAndThenDoesNotKeepAnAnswerAlive() throws Exception {
        var done = new CountDownLatch(1);
        try (var raw = new RawServer(client -> {
            say(client, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
            while (!done.await(50, TimeUnit.MILLISECONDS)) {
                say(client, "x");
            }
        })) {
            var began = System.nanoTime();

            assertThatThrownBy(() -> hasty.ask(raw.server(), QUESTION, HASTE))
                    .hasMessageEndingWith("no whole answer within 1000 ms");

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            assertThat(raw.isHungUpOn()).isTrue();
            done.countDown();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Content-Length: 100000000", "Transfer-Encoding: chunked", "Connection: close"})
    void anAnswerThatIsTooLongIsNotReadToItsEnd(String framing) throws Exception {
        try (var raw = new RawServer(client -> {
            say(client, "HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
            for (int i = 0; i < 1000; i++) {
                say(client, "400\r\n" + "x".repeat(1024) + "\r\n");
            }
        })) {
            assertThatThrownBy(() -> client.ask(raw.server(), QUESTION, ANSWER))
                    .hasMessageEndingWith("the answer is longer than 1000 bytes");
            assertThat(raw.isHungUpOn()).isTrue();
        }
    }

    @Test
    void headersWithoutEndAreNotReadForEver() throws Exception {
        try (var raw = new RawServer(client -> {
            say(client, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100_000; i++) {
                say(client, "X-Header-" + i + ": " + "x".repeat(1024) + "\r\n");
            }
        })) {
            assertThatThrownBy(() -> client.ask(raw.server(), QUESTION, ANSWER))
                    .hasMessageEndingWith("the connection is broken, or the answer is no HTTP");
            assertThat(raw.isHungUpOn()).isTrue();
        }
    }

    @Test
    void aConnectionThatIsResetIsSaidSo() throws Exception {
        try (var raw = new RawServer(client -> {
            client.setSoLinger(true, 0);
            client.close();
        })) {
            assertThatThrownBy(() -> client.ask(raw.server(), QUESTION, ANSWER))
                    .hasMessageEndingWith("the connection is broken, or the answer is no HTTP");
        }
    }

    @Test
    void nobodyThereIsSaidSo() {
        assertThatThrownBy(() -> client.ask(server("http://127.0.0.1:1"), QUESTION, ANSWER))
                .hasMessage("http://127.0.0.1:1: no connection");
    }

    @Test
    void aNameThatDoesNotExistIsSaidSo() {
        assertThatThrownBy(() -> client.ask(server("http://nowhere.invalid:1"), QUESTION, ANSWER))
                .hasMessage("http://nowhere.invalid:1: no such name");
    }

    @Test
    void aServerThatSpeaksNoTlsIsSaidSo() throws Exception {
        try (var raw = new RawServer(client -> say(client, "HTTP/1.1 200 OK\r\n\r\n"))) {
            var server = server(raw.server().url().replace("http:", "https:"));

            assertThatThrownBy(() -> client.ask(server, QUESTION, ANSWER))
                    .message()
                    .startsWith(server + ": TLS fails: ");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {204, 301, 302, 307, 401, 403, 404, 407, 500, 503})
    void aStatusOtherThan200IsAFailureAndLeadsNowhereElse(int status) throws Exception {
        try (var elsewhere = new TestServer(request -> Answer.ok("{}"));
                var server = new TestServer(request -> new Answer(status, Map.of("Location", elsewhere.url()), ""))) {
            var answer = client.ask(server(server.url()), QUESTION, ANSWER);

            assertThatThrownBy(answer::orFail).hasMessage(server.url() + ": status " + status + " (expected: 200)");
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "{", "{} {}", "[1,]", "{\"a\": \"\u0001\"}", "nul", "<html></html>"})
    void whatIsNoJsonIsSaidSo(String body) throws Exception {
        try (var server = new TestServer(request -> new Answer(200, Map.of(), body))) {
            var answer = client.ask(server(server.url()), QUESTION, ANSWER);

            assertThatThrownBy(() -> AnswerJson.of(answer))
                    .isInstanceOf(IOException.class)
                    .message()
                    .startsWith(server.url() + ": the answer is ")
                    .endsWith(" (expected: JSON of at most 32 levels)");
        }
    }

    @Test
    void jsonThatIsTooDeepIsRefused() throws Exception {
        try (var server = new TestServer(request -> Answer.ok("[".repeat(400) + "]".repeat(400)))) {
            var answer = client.ask(server(server.url()), QUESTION, ANSWER);

            assertThatThrownBy(() -> AnswerJson.of(answer))
                    .hasMessage(server.url() + ": the answer is no JSON (expected: JSON of at most 32 levels)");
        }
    }

    @Test
    void aCallerThatIsInterruptedHangsUp() throws Exception {
        try (var raw = new RawServer(client -> {})) {
            var ended = new CompletableFuture<Throwable>();
            var caller = Thread.ofVirtual().start(() -> {
                try {
                    client.ask(raw.server(), QUESTION, Duration.ofMinutes(1));
                } catch (IOException | InterruptedException e) {
                    ended.complete(e);
                }
            });

            caller.interrupt();

            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }
}
