package io.suimon.controlplane.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnumSource(TestStore.class)
class AdminHttpTest {

    private static final String ROUTE = "{\"uri\":\"/a\",\"upstream\":{\"nodes\":{\"127.0.0.1:80\":1}}}";

    /** The start is told. */
    @Parameter
    @Nullable
    TestStore given;

    private AdminServer server;

    @BeforeParameterizedClassInvocation
    void start(TestStore store, @TempDir Path folder) throws InterruptedException {
        server = store.open(folder);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1} with {2}={3}: {4}")
    @CsvSource(
            nullValues = "none",
            value = {
                "GET, /apisix/admin/routes, none, none, missing apikey",
                "GET, /apisix/admin/nope, none, none, missing apikey",
                "GET, /apisix/admin/routes, X-API-KEY, wrong, wrong apikey",
                "GET, /apisix/admin/routes?api_key=, X-API-KEY, the-key-of-this-test, wrong apikey",
                "GET, /suimon/v1/nodes, none, none, missing apikey",
                "PUT, /apisix/admin/routes/1, X-API-KEY, the-key-of-a-viewer, invalid method for role viewer",
                "POST, /apisix/admin/routes, X-API-KEY, the-key-of-a-viewer, invalid method for role viewer",
                "PATCH, /apisix/admin/routes/1, X-API-KEY, the-key-of-a-viewer, invalid method for role viewer",
                "DELETE, /apisix/admin/routes/1, X-API-KEY, the-key-of-a-viewer, invalid method for role viewer",
                "PUT, /apisix/admin/nope, X-API-KEY, the-key-of-a-viewer, invalid method for role viewer",
                "PUT, /apisix/admin/plugins/reload, X-API-KEY, the-key-of-a-viewer, invalid method for role viewer",
                "POST, /apisix/admin/schema/validate/routes, Cookie, x_api_key=the-key-of-a-viewer, invalid method for role viewer",
            })
    void nobodyComesInWithoutAKey(String method, String path, String header, String value, String description) {
        var response = header == null
                ? server.send(method, path, "", new String[0])
                : server.send(method, path, "{", header, value);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body())
                .isEqualTo("{\"error_msg\":\"failed to check token\",\"description\":\"" + description + "\"}\n");
        assertThat(response.headers().firstValue("X-API-VERSION")).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET,    /,                    404, openresty",
        "GET,    /apisix/adminx,       404, openresty",
        "GET,    /apisix/admin,        404, APISIX/3.18.0",
        "HEAD,   /apisix/admin,        200, APISIX/3.18.0",
        "HEAD,   /apisix/admin/routes, 404, APISIX/3.18.0",
        "HEAD,   /apisix/admin/nope,   404, APISIX/3.18.0",
        "POST,   /apisix/admin,        404, APISIX/3.18.0",
        "PUT,    /apisix,              404, openresty",
        "FOO,    /apisix/admin/routes, 404, APISIX/3.18.0",
        "TRACE,  /apisix/admin/routes, 405, APISIX/3.18.0",
        "GET,    /a%00b,               400, openresty",
        "OPTIONS, /apisix/admin/nope,  200, APISIX/3.18.0",
    })
    void pathsOutsideTheApiNeedNoKey(String method, String path, int status, String name) {
        var response = server.send(method, path, "", new String[0]);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Server")).contains(name);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin").isPresent())
                .isEqualTo(name.startsWith("APISIX"));
    }

    @ParameterizedTest(name = "GET {0}: {1}")
    @CsvSource({
        "/apisix/admin/routes?name=^a|[b], 200",
        "/apisix/admin/routes?name={a},    200",
        "/apisix/admin/routes/a^b,         404",
        "/apisix/admin/routes?name=%zz,    200",
        "/apisix/admin/routes/%zz,         400",
    })
    void pathsAndQueriesNeedNotBeStrictUris(String target, int status) throws IOException {
        var answer = raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-KEY: " + AdminServer.KEY
                + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Server: ");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "a header that is none,       No colon,             400 Bad Request",
        "a length that is no number,  Content-Length: x,    400 Bad Request",
        "a line that is too long,     LONG,                 414 Request-URI Too Large",
    })
    void whatIsNoHttpIsAnsweredWithAPage(String what, String header, String title) throws IOException {
        var path = header.equals("LONG") ? "/" + "x".repeat(9_000) : "/apisix/admin/routes";

        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + "\r\n\r\n");

        assertThat(answer.lines().findFirst()).get().asString().contains(" " + title.substring(0, 4));
        assertThat(answer).contains("<h1>" + title + "</h1>");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void answersHaveTheHeadersClientsKnow() {
        var headers = server.send("GET", "/apisix/admin/upstreams", "").headers();

        assertThat(headers.firstValue("Content-Type")).contains("application/json");
        assertThat(headers.firstValue("Transfer-Encoding")).contains("chunked");
        assertThat(headers.firstValue("X-API-VERSION")).contains("v3");
        assertThat(headers.firstValue("Access-Control-Expose-Headers")).contains("*");
        assertThat(headers.firstValue("X-Suimon-Revision")).get().asString().matches("[0-9]+");
    }

    @Test
    void bodiesMayBeJustAsLargeAsTheLimit() {
        var fits = server.send("PUT", "/apisix/admin/routes/large", "x".repeat(AdminApi.MAX_BODY));
        var tooLarge = server.send("PUT", "/apisix/admin/routes/large", "x".repeat(AdminApi.MAX_BODY + 1));

        assertThat(fits.body()).contains("Expected value but found invalid token at character 1");
        assertThat(tooLarge.statusCode()).isEqualTo(400);
        assertThat(tooLarge.body())
                .isEqualTo(
                        "{\"error_msg\":\"invalid request body: request size 1572865 is greater than the maximum size"
                                + " 1572864 allowed\"}\n");
    }

    @Test
    void newResourcesGetTheRevisionOfTheStoreAsTheirId() {
        var created = server.send("POST", "/apisix/admin/routes", ROUTE);

        var id = Pattern.compile("\"id\":\"([0-9]{20})\"").matcher(created.body());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(id.find()).as(created.body()).isTrue();
        var read = server.send("GET", "/apisix/admin/routes/" + id.group(1), "");
        assertThat(read.body()).contains("\"createdIndex\":" + (Long.parseLong(id.group(1)) + 1));
    }

    @Test
    void aWriteIsSeenByTheNextRead() {
        for (int i = 0; i < 50; i++) {
            var written = server.send("PUT", "/apisix/admin/services/seen", "{\"name\":\"n" + i + "\"}");
            var read = server.send("GET", "/apisix/admin/services/seen", "");

            assertThat(read.body()).contains("\"name\":\"n" + i + "\"");
            assertThat(read.headers().firstValue("X-Suimon-Revision"))
                    .isEqualTo(written.headers().firstValue("X-Suimon-Revision"));
        }
    }

    @Test
    void expiredResourcesAreGone() {
        var written = server.send("PUT", "/apisix/admin/services/brief?ttl=1", "{}");

        assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
        Awaitility.await()
                .until(() ->
                        server.send("GET", "/apisix/admin/services/brief", "").statusCode() == 404);
    }

    @Test
    void receiptsSayHowFarAWriteCame() {
        var written = server.send("PUT", "/apisix/admin/services/receipt?wait=applied&timeout=1", "{}");

        assertThat(written.headers().firstValue("X-Suimon-Applied")).contains("0/0");
    }
}
