package io.suimon.controlplane.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestStore.class)
class AuditTest {

    private static final Logger LOG = Logger.getLogger("io.suimon.audit");

    @TempDir
    Path folder;

    private final TestStore store;

    private final Lines lines = new Lines();
    private AdminServer server;

    AuditTest(TestStore store) {
        this.store = store;
    }

    @BeforeEach
    void start() throws InterruptedException {
        server = store.open(folder);
        LOG.addHandler(lines);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(lines);
        server.close();
    }

    @Test
    void everyWriteLeavesOneLine() {
        server.send("PUT", "/apisix/admin/consumer_groups/g", "{\"plugins\":{}}");
        server.send("PATCH", "/apisix/admin/consumer_groups/g", "{\"desc\":\"x\"}");
        server.send("PUT", "/apisix/admin/services", "{\"id\":7}");
        server.send("PUT", "/apisix/admin/services/7", "{\"nope\":1}");
        server.send("PUT", "/apisix/admin/services/7?ttl=x", "{}");
        server.send("DELETE", "/apisix/admin/services/8", "");
        server.send("DELETE", "/apisix/admin/consumer_groups/g", "");

        assertThat(lines.texts)
                .containsExactly(
                        "write key=boss method=PUT kind=consumer_groups id=g revision=N from=P outcome=created status=201",
                        "write key=boss method=PATCH kind=consumer_groups id=g revision=N from=P outcome=replaced status=200",
                        "write key=boss method=PUT kind=services id=7 revision=N from=P outcome=created status=201",
                        "write key=boss method=PUT kind=services id=7 revision=- from=P outcome=refused status=400",
                        "write key=boss method=PUT kind=services id=7 revision=- from=P outcome=refused status=400",
                        "write key=boss method=DELETE kind=services id=8 revision=- from=P outcome=absent status=404",
                        "write key=boss method=DELETE kind=consumer_groups id=g revision=N from=P outcome=removed status=200");
    }

    @Test
    void aDocumentIsOneWrite() throws InterruptedException {
        try (var configs = store.open(folder.resolve("configs"), Map.of("suimon.admin.mode", "configs"))) {
            var headers = new String[] {"X-API-KEY", AdminServer.KEY, "X-Digest", "d"};

            configs.send("PUT", "/apisix/admin/configs", "{\"routes\":1}", headers);
            configs.send("PUT", "/apisix/admin/configs", "{\"services\":[{\"id\":1},{\"id\":2}]}", headers);
            configs.send("POST", "/apisix/admin/configs/validate", "{}");
        }

        assertThat(lines.texts)
                .containsExactly(
                        "write key=boss method=PUT kind=configs id=- revision=- from=P outcome=refused status=400",
                        "write key=boss method=PUT kind=configs id=- revision=N from=P outcome=replaced status=202");
    }

    @Test
    void whatAClientWritesCannotForgeALine() {
        server.send("DELETE", "/apisix/admin/services/a%0Awrite%20key=x", "");

        assertThat(lines.texts)
                .containsExactly("write key=boss method=DELETE kind=services id=a?write?key?x revision=- from=P"
                        + " outcome=absent status=404");
    }

    @Test
    void secretsAreNotWrittenDown() {
        server.send(
                "PUT",
                "/apisix/admin/consumers",
                "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"hush-hush\"}}}");
        server.send("PUT", "/apisix/admin/services/1?api_key=" + AdminServer.KEY, "{}", new String[0]);

        assertThat(lines.texts).hasSize(2);
        assertThat(lines.texts.toString()).doesNotContain("hush-hush", AdminServer.KEY);
    }

    @Test
    void whoIsNotLetInIsCountedAndLeavesNoLine() {
        server.send("PUT", "/apisix/admin/services/1", "{}", "X-API-KEY", "wrong");
        server.send("PUT", "/apisix/admin/services/1", "{}", "X-API-KEY", AdminServer.VIEWER);

        assertThat(lines.texts).isEmpty();
        assertThat(List.of(denied("wrong_apikey"), denied("invalid_method_for_role_viewer")))
                .containsExactly(1.0, 1.0);
    }

    private double denied(String reason) {
        return server.metrics
                .get("suimon.admin.denied")
                .tag("reason", reason)
                .counter()
                .count();
    }

    /** Keeps what is logged. */
    private static final class Lines extends Handler {

        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            texts.add(line.getMessage()
                    .formatted(line.getParameters())
                    .replaceAll("revision=[0-9]+", "revision=N")
                    .replaceAll("from=127.0.0.1:[0-9]+", "from=P"));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
