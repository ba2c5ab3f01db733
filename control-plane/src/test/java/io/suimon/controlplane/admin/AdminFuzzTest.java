package io.suimon.controlplane.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

class AdminFuzzTest {

    private static final List<String> BODIES = List.of(
            "{\"uri\":\"/a\",\"upstream\":{\"nodes\":{\"127.0.0.1:80\":1},\"type\":\"chash\",\"key\":\"x\"}}",
            "{\"uris\":[\"/a\",\"/b*\"],\"vars\":[[\"arg_a\",\"==\",\"b\"]],\"plugins\":{\"cors\":{}}}",
            "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"k\"}},\"labels\":{\"a\":\"b\"}}",
            "{\"plugins\":{\"ip-restriction\":{\"whitelist\":[\"10.0.0.0/8\"]}},\"id\":1}",
            "{\"sni\":\"a.com\",\"cert\":\"-----BEGIN\",\"key\":\"-----BEGIN\"}",
            "{\"checks\":{\"active\":{\"timeout\":1}},\"nodes\":[{\"host\":\"a\",\"port\":1,\"weight\":1}]}");

    private static @Nullable AdminServer server;

    @BeforeContainer
    static void start() throws InterruptedException {
        try {
            server = new AdminServer(Files.createTempDirectory("admin-fuzz"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterContainer
    static void stop() {
        Objects.requireNonNull(server).close();
    }

    @Property(tries = 3_000)
    void whateverIsSentIsAnsweredByWhatTheApiSays(
            @ForAll("methods") String method, @ForAll("paths") String path, @ForAll("bodies") String body) {
        var response = Objects.requireNonNull(server).send(method, "/apisix/admin" + path, body);

        assertThat(response.statusCode()).as(response.body()).isIn(200, 201, 400, 404, 405);
        assertThat(response.body()).doesNotContain("Exception", "\tat ");
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "PUT", "POST", "PATCH", "DELETE");
    }

    @Provide
    Arbitrary<String> paths() {
        var folder = Arbitraries.of(
                "routes",
                "services",
                "upstreams",
                "consumers",
                "consumers/jack/credentials",
                "ssls",
                "protos",
                "secrets/vault",
                "plugin_metadata",
                "stream_routes",
                "global_rules",
                "plugin_configs",
                "schema",
                "schema/validate/routes",
                "configs/validate",
                "plugins",
                "nope",
                "");
        var rest = Arbitraries.of(
                "",
                "/",
                "/1",
                "/jack",
                "/1/upstream/nodes",
                "/a%2Fb",
                "/%2e%2e/1",
                "/a%20b",
                "?page=1&page_size=10",
                "?name=(a*)*b",
                "?ttl=-1",
                "?ttl=1e9",
                "/cors",
                "/x?force=true",
                "/1/uri/x",
                "?filter=%26%3D");
        return folder.flatMap(name -> rest.map(end -> "/" + name + end));
    }

    /** A valid body with a few characters changed. */
    @Provide
    Arbitrary<String> bodies() {
        var edits = Arbitraries.strings()
                .withChars("{}[]\",:0-9.eE+-\\/ntrue\u0000\u00e9\ud83d")
                .ofMaxLength(4);
        var place = Arbitraries.integers().between(0, 200);
        return Arbitraries.of(BODIES)
                .flatMap(body -> edits.flatMap(edit -> place.flatMap(at -> place.map(cut -> {
                    int from = Math.min(at, body.length());
                    int to = Math.min(body.length(), from + cut % 12);
                    return body.substring(0, from) + edit + body.substring(edit.isEmpty() ? from : to);
                }))));
    }
}
