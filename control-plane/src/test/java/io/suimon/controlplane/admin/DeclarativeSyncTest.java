package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Declarative tools converge on both stores: what they send is what they find, so that a second run has nothing to do. */
class DeclarativeSyncTest {

    private static final String FIRST = """
            {"upstreams":[{"id":"u1","name":"one","type":"roundrobin","nodes":[{"host":"127.0.0.1","port":1980,"weight":1}]},
              {"id":"u2","nodes":{"127.0.0.1:1981":1},"type":"roundrobin"}],
            "services":[{"id":"s1","upstream_id":"u1","labels":{"team":"a"},"plugins":{"cors":{}}}],
            "routes":[{"id":"r1","uris":["/a","/b/*"],"service_id":"s1","methods":["GET","POST"],"priority":3},
              {"id":"r2","uri":"/c","upstream_id":"u2","plugin_config_id":"p1","vars":[["arg_x","==","1"]]}],
            "plugin_configs":[{"id":"p1","plugins":{"limit-count":{"count":5,"time_window":60,"rejected_code":429}}}],
            "consumer_groups":[{"id":"g1","plugins":{"cors":{"max_age":5}}}],
            "consumers":[{"username":"jack","group_id":"g1","desc":"first"},
              {"id":"jack/credentials/c1","name":"c1","plugins":{"key-auth":{"key":"c1"}}},
              {"username":"jill","plugins":{"key-auth":{"key":"jills"}}}],
            "global_rules":[{"id":"1","plugins":{"ip-restriction":{"blacklist":["10.0.0.1"]}}}],
            "plugin_metadata":[{"id":"cors","allow_origins":{"k":"http://a.com"}}],
            "protos":[{"id":"pr1","content":"syntax = \\"proto3\\"; message A {}"}],
            "secrets":[{"id":"vault/v1","uri":"http://127.0.0.1:8200","prefix":"kv/apisix","token":"t"}],
            "stream_routes":[{"id":"sr1","server_port":9100,"upstream_id":"u1"}]}
            """;

    private static final String SECOND = """
            {"upstreams":[{"id":"u1","name":"one","type":"roundrobin","nodes":[{"host":"127.0.0.1","port":1990,"weight":2}]}],
            "services":[{"id":"s1","upstream_id":"u1","labels":{"team":"b"}}],
            "routes":[{"id":"r1","uris":["/a"],"service_id":"s1"},{"id":"r3","uri":"/d","service_id":"s1"}],
            "consumers":[{"username":"jack"},
              {"id":"jack/credentials/c2","plugins":{"key-auth":{"key":"jacks"}}}],
            "secrets":[{"id":"vault/v2","uri":"http://127.0.0.1:8200","prefix":"kv/apisix","token":"t"}]}
            """;

    @TempDir
    Path folder;

    /** A control plane with its store. */
    private record Plane(AdminServer server, @Nullable EtcdServer etcd) implements AutoCloseable {

        @Override
        public void close() {
            server.close();
            if (etcd != null) {
                etcd.close();
            }
        }
    }

    private Plane start(String store, String mode) throws IOException, InterruptedException {
        if (store.equals("etcd")) {
            var etcd = EtcdServer.start(Files.createDirectories(folder.resolve("etcd")));
            var settings = Map.of(
                    "suimon.store.type", "etcd",
                    "suimon.store.write-deadline", "5s",
                    "suimon.store.etcd.endpoints", etcd.endpoint());
            return new Plane(server(mode, settings), etcd);
        }
        return new Plane(
                server(mode, Map.of("suimon.store.path", folder.resolve("store").toString())), null);
    }

    private static AdminServer server(String mode, Map<String, String> store) throws InterruptedException {
        var settings = new HashMap<>(store);
        settings.put("suimon.admin.mode", mode);
        return new AdminServer(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "etcd"})
    void aSecondRunHasNothingToDo(String store) throws Exception {
        try (var plane = start(store, "resources")) {
            var client = new DeclarativeClient(plane.server());

            for (var document : List.of(DeclarativeClient.parse(FIRST), DeclarativeClient.parse(SECOND))) {
                var verdict = client.validate(document);
                var steps = client.difference(document);
                var failures = client.carryOut(steps);

                assertThat(verdict).isEqualTo("{}\n");
                assertThat(steps).isNotEmpty();
                assertThat(failures).isEmpty();
                assertThat(client.difference(document)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "etcd"})
    void aWholeDocumentIsWhatIsReadThen(String store) throws Exception {
        try (var plane = start(store, "configs")) {
            for (var document : List.of(FIRST, SECOND)) {
                var put = put(plane.server(), document);
                var read = DeclarativeClient.parse(
                        plane.server().send("GET", "/apisix/admin/configs", "").body());

                assertThat(put.statusCode()).as(put.body()).isEqualTo(202);
                assertThat(List.copyOf(DeclarativeClient.parse(document).properties()))
                        .allSatisfy(part -> assertThat(read.get(part.getKey())).isEqualTo(part.getValue()));
            }
        }
    }

    @Test
    void aDocumentOfThousandsOfResourcesFitsOneTransactionOfEtcd() throws Exception {
        var routes = IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"id\":\"%d\",\"uri\":\"/%d\",\"plugins\":{}}".formatted(i, i))
                .collect(Collectors.joining(","));
        try (var plane = start("etcd", "configs")) {
            var put = put(plane.server(), "{\"routes\":[" + routes + "]}");

            assertThat(put.statusCode()).as(put.body()).isEqualTo(202);
            assertThat(plane.server().entries())
                    .hasSize(5_001)
                    .allSatisfy(entry -> assertThat(entry.modRevision())
                            .isEqualTo(plane.server().revision()));
        }
    }

    @Test
    void aDocumentThatCannotBeWrittenLeavesWhatWasThere() throws Exception {
        try (var plane = start("etcd", "configs");
                var etcd = Objects.requireNonNull(plane.etcd())) {
            put(plane.server(), FIRST);
            var before = plane.server().send("GET", "/apisix/admin/configs", "").body();

            etcd.kill();
            // What is sent while the connection breaks may have arrived, for all that is known.
            await().until(() -> put(plane.server(), SECOND).body().contains("\"may_take_effect\":false"));
            var failed = put(plane.server(), SECOND);
            var meanwhile = plane.server().send("GET", "/apisix/admin/configs", "");
            etcd.start();

            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.body()).contains("\"error_msg\":", "\"may_take_effect\":false");
            assertThat(meanwhile.body()).isEqualTo(before);
            await().until(() -> put(plane.server(), SECOND).statusCode() == 202);
        }
    }

    private static HttpResponse<String> put(AdminServer server, String document) {
        return server.send(
                "PUT",
                "/apisix/admin/configs",
                document,
                "X-API-KEY",
                AdminServer.KEY,
                "X-Digest",
                "d" + document.hashCode());
    }
}
