package io.suimon.controlplane.admin;

import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.store.Mutation;
import io.suimon.engine.resource.ResourceParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Requests and the answers APISIX's clients know, the same over every store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdminRequestsContract {

    private AdminServer server;

    /** The settings of a store of its own. */
    abstract Map<String, String> store(Path folder);

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        server = new AdminServer(store(folder));
    }

    final AdminServer server() {
        return server;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** One request after the other, as in the files: later rows see what earlier ones left. Times are written as T. */
    @ParameterizedTest(name = "{0} {1} -> {3}")
    @CsvFileSource(
            resources = {
                "requests.csv",
                "requests-transport.csv",
                "requests-methods.csv",
                "requests-writes.csv",
                "requests-lists.csv",
                "requests-patch.csv",
                "requests-references.csv",
                "requests-rest.csv",
                "requests-fields.csv",
            },
            delimiter = '|',
            quoteCharacter = '~',
            maxCharsPerColumn = 20_000)
    void requestsAreAnsweredAsApisixAnswersThem(String method, String path, String body, int status, String answer) {
        var response = server.send(method, "/apisix/admin" + path, body == null ? "" : body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(timeless(response.body())).isEqualTo(answer == null ? "" : answer + "\n");
    }

    /** What the schemas refuse, in the words of the parser's own table. */
    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refusals")
    void whatIsWrongIsRefusedInApisixsWords(String path, String body, String message) {
        var response = server.send("PUT", "/apisix/admin/" + path, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo(Json.newObject().put("error_msg", message).toString() + "\n");
    }

    /** What is torn, or was never JSON, as others may leave it in a store. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"no JSON", "{\"desc\":\"torn", "", "\u0000\u00ff", "{} {}"})
    void anEntryThatIsNoJsonIsListedWithoutValueAndCanBeReplaced(String value) {
        writePastTheApi("plugin_configs/raw", value);
        var shown = "{\"key\":\"/apisix/plugin_configs/raw\",\"createdIndex\":N,\"modifiedIndex\":N}";

        var listed = server.send("GET", "/apisix/admin/plugin_configs", "").body();
        var one = server.send("GET", "/apisix/admin/plugin_configs/raw", "").body();
        var patched = server.send("PATCH", "/apisix/admin/plugin_configs/raw", "{\"desc\":\"d\"}");
        var replaced = server.send("PUT", "/apisix/admin/plugin_configs/raw", "{\"plugins\":{}}");
        var removed = server.send("DELETE", "/apisix/admin/plugin_configs/raw", "");

        assertThat(timeless(listed)).isEqualTo("{\"total\":1,\"list\":[" + shown + "]}\n");
        assertThat(timeless(one)).isEqualTo(shown + "\n");
        assertThat(List.of(patched.statusCode(), replaced.statusCode(), removed.statusCode()))
                .containsExactly(404, 200, 200);
    }

    /** Such routes are only written past the API: no protocol is known here. */
    @Test
    void aStreamRouteThatIsSuperiorToAnotherStays() {
        writePastTheApi("stream_routes/sup", "{\"id\":\"sup\",\"server_port\":9100}");
        writePastTheApi(
                "stream_routes/sub", "{\"id\":\"sub\",\"protocol\":{\"name\":\"redis\",\"superior_id\":\"sup\"}}");

        var used = server.send("DELETE", "/apisix/admin/stream_routes/sup", "");
        server.send("DELETE", "/apisix/admin/stream_routes/sub", "");
        var unused = server.send("DELETE", "/apisix/admin/stream_routes/sup", "");

        assertThat(used.body())
                .isEqualTo("{\"error_msg\":\"can not delete this stream route directly, stream route [sub] is still"
                        + " using it as superior_id\"}\n");
        assertThat(unused.statusCode()).isEqualTo(200);
    }

    @Test
    void aSubordinateSpeaksTheProtocolOfItsSuperior() {
        writePastTheApi("stream_routes/boss", "{\"id\":\"boss\",\"protocol\":{\"name\":\"redis\"}}");

        var other = server.send("PUT", "/apisix/admin/stream_routes/aide", subordinate("mqtt"));
        var same = server.send("PUT", "/apisix/admin/stream_routes/aide", subordinate("redis"));
        server.send("DELETE", "/apisix/admin/stream_routes/boss", "");

        assertThat(other.body())
                .isEqualTo("{\"error_msg\":\"protocol mismatch: subordinate protocol [mqtt] does not match superior"
                        + " protocol [redis]\"}\n");
        assertThat(same.body()).isEqualTo("{\"error_msg\":\"unknown protocol [redis]\"}\n");
    }

    private static String subordinate(String protocol) {
        return "{\"protocol\":{\"name\":\"" + protocol + "\",\"superior_id\":\"boss\"}}";
    }

    private void writePastTheApi(String path, String value) {
        server.writePastTheApi(new Mutation.Put(path, value.getBytes(StandardCharsets.ISO_8859_1), null));
    }

    /** Within the client's patience, and as what the client did wrong. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileProtos")
    void hostileProtosAreRefusedLikeOthers(String what, String content, String said) {
        var body = Json.newObject().put("content", content).toString();

        var response = server.send("PUT", "/apisix/admin/protos/hostile", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"error_msg\":\"inval")
                .contains(said)
                .hasSizeLessThan(500)
                .doesNotContain("Exception", "StackOverflow", "\tat ");
    }

    static Stream<Arguments> hostileProtos() {
        return Stream.of(
                arguments("deep", "message A{".repeat(100_000), "at most 32 levels"),
                arguments("a megabyte", "x".repeat(1 << 20), "unknown keyword 'xxx"),
                arguments("more than a megabyte", "x".repeat((1 << 20) + 1), "string too long"),
                arguments("base64 of nothing", "A".repeat(1 << 20), "unknown keyword 'AAA"),
                arguments("imports", "import \"a.proto\";".repeat(50_000), "import 'a.proto' cannot be read"),
                arguments("the same names", "message A {} ".repeat(80_000), "is already defined"),
                arguments(
                        "recursion without end", "message A { optional A a = 1; ".repeat(20_000), "at most 32 levels"));
    }

    static Stream<Arguments> refusals() throws IOException, InvalidJsonException {
        try (var in = ResourceParser.class.getResourceAsStream("refusals.json")) {
            return StreamSupport.stream(Json.parse(in.readAllBytes()).spliterator(), false)
                    .filter(refusal -> refusal.path("json").isObject())
                    .map(refusal -> arguments(
                            refusal.path("key")
                                    .asText()
                                    .replace(" ", "%20")
                                    .replaceFirst("^consumers/jack$", "consumers"),
                            refusal.path("json").toString(),
                            refusal.path("message").asText()));
        }
    }

    private static String timeless(String body) {
        return body.replaceAll("(create_time|update_time)\":[0-9]{10}", "$1\":T")
                .replaceAll("Index\":[0-9]+", "Index\":N");
    }
}
