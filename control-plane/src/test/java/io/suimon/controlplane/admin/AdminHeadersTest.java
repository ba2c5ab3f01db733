package io.suimon.controlplane.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** What is around a body, in both directions. */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnumSource(TestStore.class)
class AdminHeadersTest {

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

    @ParameterizedTest(name = "{0} {1} with {2} -> {3}, version {4}")
    @CsvSource(
            nullValues = "none",
            quoteCharacter = '~',
            value = {
                "GET,    /routes,                   none,  200, v3",
                "PUT,    /services/v,               {},    201, v3",
                "PUT,    /services/v,               {},    200, v3",
                "PUT,    /services/v,               3,     400, v3",
                "GET,    /services/none,            none,  404, v3",
                "POST,   /consumers,                {},    405, v3",
                "GET,    /plugins/cors,             none,  200, v3",
                "GET,    /plugins/none,             none,  404, v3",
                "GET,    /plugins?all=true,         none,  200, v3",
                "GET,    /schema/route,             none,  200, v3",
                "GET,    /schema/none,              none,  400, v3",
                "PUT,    /services/v,               {,     400, none",
                "GET,    /nope,                     none,  404, none",
                "PUT,    /schema/route,             {},    404, none",
                "GET,    /plugins/list,             none,  200, none",
                "PUT,    /plugins/reload,           none,  200, none",
                "POST,   /schema/validate/services, {},    200, none",
                "GET,    /routes?page=1&page_size=9, none, 400, v3",
            })
    void everyAnswerToACallerWithAKeyHasItsHeaders(
            String method, String path, String body, int status, String version) {
        var answer = server.send(method, "/apisix/admin" + path, body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-API-VERSION").orElse(null)).isEqualTo(version);
        assertThat(answer.headers().firstValue("X-Suimon-Revision")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Server")).contains("APISIX/3.18.0");
        assertThat(answer.headers().firstValue("Transfer-Encoding")).contains("chunked");
        assertThat(answer.headers().map())
                .containsKeys(
                        "access-control-allow-origin",
                        "access-control-allow-credentials",
                        "access-control-expose-headers",
                        "access-control-max-age");
    }

    @ParameterizedTest(name = "page_size={0} -> {1}")
    @CsvSource({"9, 400", "10, 200", "500, 200", "501, 400", "-1, 400"})
    void pagesHaveASizeWithinBounds(String size, int status) {
        var answer = server.send("GET", "/apisix/admin/routes?page=1&page_size=" + size, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body().strip())
                .isEqualTo(status == 200 ? "{\"total\":0,\"list\":[]}" : "page_size must be between 10 and 500");
    }

    @ParameterizedTest(name = "OPTIONS {0}")
    @CsvSource({"/apisix/admin", "/apisix/admin/routes", "/apisix/admin/nope/x"})
    void browsersAreToldWhatTheyMaySend(String path) {
        var answer = server.send("OPTIONS", path, "", new String[0]);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map())
                .containsEntry("access-control-allow-methods", List.of("POST, GET, PUT, OPTIONS, DELETE, PATCH"))
                .containsEntry("access-control-allow-headers", List.of("*"))
                .containsEntry("access-control-allow-origin", List.of("*"))
                .containsEntry("access-control-allow-credentials", List.of("true"))
                .containsEntry("access-control-max-age", List.of("3600"))
                .containsEntry("content-length", List.of("0"))
                .containsEntry("content-type", List.of("text/plain; charset=utf-8"))
                .doesNotContainKey("access-control-expose-headers");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "?api_key=the-key-of-this-test,  X-API-KEY: wrong,                 200",
                "?api_key=wrong,                 X-API-KEY: the-key-of-this-test,  401",
                "~~,                             X-API-KEY: the-key-of-this-test,  200",
                "~~,                             X-API-KEY:,                       401",
                "~~,                             Cookie: x_api_key=the-key-of-this-test, 200",
                "~~,                             Cookie: a=b; x_api_key=the-key-of-a-viewer, 200",
                "~~,                             Cookie: x_api_key=,               401",
            })
    void theFirstKeyThereIsCounts(String query, String header, int status) throws IOException {
        var request = "GET /apisix/admin/routes" + query + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header
                + "\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void aRefusedKeySeesNoRevision() {
        var answer = server.send("GET", "/apisix/admin/routes", "", "X-API-KEY", "wrong");

        assertThat(answer.headers().map())
                .doesNotContainKeys("x-suimon-revision", "x-api-version")
                .containsEntry("access-control-allow-origin", List.of("*"))
                .containsEntry("content-type", List.of("application/json"));
    }

    @Test
    void aLaterWriteWithoutATimeToLiveKeepsTheResource() {
        var paths = Map.of("kept", "", "brief", "?ttl=1");
        paths.forEach((id, query) -> {
            server.send("PUT", "/apisix/admin/services/" + id + "?ttl=1", "{}");
            server.send("PUT", "/apisix/admin/services/" + id + query, "{}");
        });

        Awaitility.await()
                .until(() ->
                        server.send("GET", "/apisix/admin/services/brief", "").statusCode() == 404);

        assertThat(server.send("GET", "/apisix/admin/services/kept", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsMadeOrChangedWithATimeToLiveIsGoneAfterIt() {
        server.send("PUT", "/apisix/admin/services/moved", "{}");

        var patched = server.send("PATCH", "/apisix/admin/services/moved?ttl=1", "{\"name\":\"n\"}");
        var posted = server.send("POST", "/apisix/admin/services?ttl=1", "{\"name\":\"posted\"}");

        assertThat(List.of(patched.statusCode(), posted.statusCode())).containsExactly(200, 201);
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                server.send("GET", "/apisix/admin/services", "").body())
                        .doesNotContain("\"moved\"", "\"posted\""));
    }
}
