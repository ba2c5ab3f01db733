package io.suimon.controlplane.admin;

import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What happens on a connection before a request is the API's: versions, bodies that are announced, and those that never come. */
class AdminPortTest {

    private static final String KEY = "X-API-KEY: " + AdminServer.KEY + "\r\n";
    private static final String TOO_LARGE = "Content-Length: " + (AdminApi.MAX_BODY + 1) + "\r\n";

    @TempDir
    static Path folder;

    private static AdminServer server;

    @BeforeAll
    static void start() throws InterruptedException {
        // Nothing here is answered because a body did not come in time.
        server = new AdminServer(folder.resolve("shared"), Map.of("suimon.admin.body-timeout", "10m"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "GET {1} {0}")
    @CsvSource({
        "HTTP/2.5, /",
        "HTTP/3.0, /",
        "HTTP/2.0, /apisix/admin/routes",
        "HTTP/1.2, /apisix/admin/routes",
        "HTTP/0.9, /",
        "http/1.1, /apisix/admin/routes",
    })
    void versionsNobodySpeaksHereAreAnsweredWithAPage(String version, String path) throws IOException {
        try (var client = connect()) {
            send(client, "GET " + path + " " + version + "\r\nHost: a\r\n\r\n");

            var answer = rest(client);

            assertThat(answer)
                    .startsWith("HTTP/1.1 505 HTTP Version Not Supported\r\n")
                    .contains("Server: openresty\r\n", "<h1>505 HTTP Version Not Supported</h1>");
        }
    }

    @Test
    void whatIsWrongInTwoWaysIsAnsweredInAVersionThatIsSpoken() throws IOException {
        try (var client = connect()) {
            send(client, "GET / FTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n");

            assertThat(rest(client)).startsWith("HTTP/1.1 400 ").contains("<h1>400 Bad Request</h1>");
        }
    }

    @Test
    void chunksThatAreNoneAreAnsweredWithAPage() throws IOException {
        try (var client = connect()) {
            send(
                    client,
                    "PUT /apisix/admin/services/c HTTP/1.1\r\nHost: a\r\n" + KEY
                            + "Transfer-Encoding: chunked\r\n\r\n{}\r\n\r\n");

            assertThat(rest(client)).startsWith("HTTP/1.1 400 ").contains("<h1>400 Bad Request</h1>");
        }
    }

    @Test
    void aClientThatWaitsForALeaveToSendGetsIt() throws IOException {
        try (var client = connect()) {
            send(
                    client,
                    "PUT /apisix/admin/services/e HTTP/1.1\r\nHost: a\r\n" + KEY
                            + "Connection: close\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");

            var interim = new String(client.getInputStream().readNBytes(25), StandardCharsets.US_ASCII);
            send(client, "{}");

            assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(rest(client)).startsWith("HTTP/1.1 201 ");
        }
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no key           | 1.1 | Expect: 100-continue                     | 401 | missing apikey",
                "a wrong key      | 1.1 | Expect: 100-continue!X-API-KEY: wrong     | 401 | wrong apikey",
                "a viewer's key   | 1.1 | Expect: 100-continue!X-API-KEY: VIEWER    | 401 | invalid method for role viewer",
                "too large        | 1.1 | Expect: 100-continue!KEY!TOO_LARGE        | 400 | request size 1572865 is greater than the maximum size 1572864 allowed",
                "something else   | 1.1 | Expect: nonsense!KEY                      | 417 | Expect: nonsense (expected: 100-continue)",
                "an old client    | 1.0 | Expect: 100-continue!X-API-KEY: wrong     | 401 | wrong apikey",
            })
    void whoIsRefusedIsNotToldToSend(String who, String version, String headers, int status, String message)
            throws IOException {
        var sent = headers.replace("VIEWER", AdminServer.VIEWER)
                .replace("TOO_LARGE", TOO_LARGE.strip())
                .replace("!KEY", "!" + KEY.strip())
                .replace("!", "\r\n");
        var length = sent.contains("Content-Length") ? "" : "\r\nContent-Length: 2";
        try (var client = connect()) {
            send(
                    client,
                    "PUT /apisix/admin/services/e HTTP/" + version + "\r\nHost: a\r\n" + sent + length + "\r\n\r\n");

            var answer = rest(client);

            assertThat(answer)
                    .startsWith("HTTP/1." + version.charAt(2) + " " + status + " ")
                    .contains(message);
        }
    }

    @Test
    void aClientOfOldThatKnowsNoExpectationsIsAnswered() throws IOException {
        try (var client = connect()) {
            send(
                    client,
                    "PUT /apisix/admin/services/old HTTP/1.0\r\n" + KEY
                            + "Expect: nonsense\r\nContent-Length: 2\r\n\r\n{}");

            assertThat(rest(client)).startsWith("HTTP/1.0 201 ");
        }
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT     | /apisix/admin/routes/1 | none      | 401",
                "PUT     | /nowhere               | none      | 404",
                "POST    | /apisix/admin          | none      | 404",
                "TRACE   | /apisix/admin/routes   | none      | 405",
                "OPTIONS | /apisix/admin/routes   | none      | 200",
                "HEAD    | /apisix/admin          | none      | 200",
                "PUT     | /apisix/admin/routes/1 | KEY       | 400",
                "PUT     | /suimon/v1/nodes       | none      | 401",
                "PUT     | /%zz                   | none      | 400",
            })
    void aBodyNobodyReadsHoldsNoConnection(String method, String path, String header, int status) throws IOException {
        var key = header.equals("KEY") ? KEY : "";
        try (var client = connect()) {
            send(client, method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + key + TOO_LARGE + "\r\n{");

            var answer = rest(client);

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("connection: close\r\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"X-API-KEY: wrong", "No colon", "Content-Length: x"})
    void theAnswerReachesWhoeverSendsAllTheSame(String header) throws IOException {
        var body = "x".repeat(AdminApi.MAX_BODY);
        try (var client = connect()) {
            send(
                    client,
                    "PUT /apisix/admin/routes/1 HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n"
                            + header + "\r\n\r\n" + body);

            assertThat(rest(client)).matches("(?s)HTTP/1.1 40[01] .*(\"wrong apikey\"}|</html>)\\s*(0\\s*)?");
        }
    }

    @Test
    void aConnectionIsKeptWhenTheRefusedRequestHadNoBody() throws IOException {
        try (var client = connect()) {
            send(client, "PUT /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            send(client, "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(rest(client).split("HTTP/1.1 404 ", -1)).hasSize(3);
        }
    }

    @Test
    void whoSendsTooSlowlyIsToldSo() throws Exception {
        try (var impatient = new AdminServer(folder.resolve("slow"), Map.of("suimon.admin.body-timeout", "0.2s"));
                var client = new Socket(InetAddress.getLoopbackAddress(), impatient.port())) {
            client.setSoTimeout(TestPatience.MILLIS);
            send(client, "PUT /apisix/admin/services/s HTTP/1.1\r\nHost: a\r\n" + KEY + "Content-Length: 2\r\n\r\n{");

            var answer = rest(client);

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("<h1>408 Request Time-out</h1>");
            assertThat(impatient.send("GET", "/apisix/admin/services/s", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aConnectionThatMayStillBeUsedIsLeftOpen() throws IOException {
        try (var client = connect()) {
            client.setSoTimeout(Math.toIntExact(LingeringClose.LINGER.toMillis()) + 500);
            send(client, "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> rest(client));
        }
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(TestPatience.MILLIS);
        return socket;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Everything until the server closes. */
    private static String rest(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
