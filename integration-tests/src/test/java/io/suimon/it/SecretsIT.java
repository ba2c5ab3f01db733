package io.suimon.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** References to secrets are resolved by the control plane; what nodes have of them outlives secret managers and restarts. */
class SecretsIT {

    private static final List<String> UNPINNED = List.of();
    private static final String TOKEN = "the-token-of-the-vault";
    private static final String REFERENCE = "$secret://vault/1/jack/key";
    private static final Map<String, String> SETTINGS = Map.of(
            "SUIMON_SECRETS_REFRESH", "1s",
            "SUIMON_SECRETS_RETRY", "1s",
            "SUIMON_SECRETS_TIMEOUT", "2s",
            "GATEWAY_KEYS", "{\"jim\":\"the-key-of-jim\"}",
            "GATEWAY_VAULT_TOKEN", TOKEN);

    @TempDir
    Path folder;

    @Test
    void keysFollowTheirSecretsAndOutliveThem() throws IOException {
        var gateway = new Gateway(Checkout.ROOT, folder);
        int port;
        try (var origin = new Origin("closed");
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of())) {
            try (var vault = new Vault(0);
                    var controlPlane =
                            gateway.startControlPlane(UNPINNED, SETTINGS).awaitReady()) {
                port = vault.port();
                vault.answer("the-first-key");
                configure(gateway, port, origin.node());
                awaitAnswer(gateway, "the-first-key", 200);
                awaitAnswer(gateway, "the-key-of-jim", 200);
                awaitAnswer(gateway, "$secret%3A%2F%2Fvault%2F1%2Fjack%2Fkey", 401);
                assertThat(secrets(gateway)).contains("\"resolved\":2").doesNotContain("the-first-key");
                assertThat(gateway.admin("GET", "/apisix/admin/consumers/jack", "")
                                .body())
                        .contains(REFERENCE)
                        .doesNotContain("the-first-key");

                vault.answer("the-second-key");
                awaitAnswer(gateway, "the-second-key", 200);
                awaitAnswer(gateway, "the-first-key", 401);

                vault.stop();
                awaitTrue(() -> secrets(gateway).contains("\"stale\":1"));
                awaitAnswer(gateway, "the-second-key", 200);
                assertThat(controlPlane.log()).contains("secrets/vault/1").doesNotContain("the-second-key", TOKEN);
            }
            try (var controlPlane =
                    gateway.startControlPlane(UNPINNED, SETTINGS).awaitReady()) {
                awaitTrue(() ->
                        gateway.admin("GET", "/suimon/v1/nodes", "").body().contains("is not resolved"));
                assertThat(secrets(gateway)).contains("\"failed\":1");
                awaitAnswer(gateway, "the-second-key", 200);

                dataPlane.terminate();
                dataPlane.restart();
                dataPlane.awaitReady();
                awaitAnswer(gateway, "the-second-key", 200);

                try (var vault = new Vault(port)) {
                    vault.answer("the-third-key");
                    awaitAnswer(gateway, "the-third-key", 200);
                    awaitAnswer(gateway, "the-second-key", 401);
                    assertThat(controlPlane.log()).contains("secrets/vault/1 answers again");
                }
            }
            assertThat(dataPlane.log()).doesNotContain("the-second-key");
        }
    }

    private static void configure(Gateway gateway, int vaultPort, String origin) {
        put(
                gateway,
                "secrets/vault/1",
                "{\"uri\":\"http://127.0.0.1:%d\",\"prefix\":\"kv/data/apisix\",\"token\":\"$ENV://GATEWAY_VAULT_TOKEN\"}"
                        .formatted(vaultPort));
        put(gateway, "consumers/jack", consumer("jack", REFERENCE));
        put(gateway, "consumers/jim", consumer("jim", "$ENV://GATEWAY_KEYS/jim"));
        put(
                gateway,
                "routes/1",
                "{\"uri\":\"/closed\",\"plugins\":{\"key-auth\":{}},\"upstream\":{\"nodes\":{\"%s\":1}}}"
                        .formatted(origin));
    }

    private static String consumer(String name, String key) {
        return "{\"username\":\"%s\",\"plugins\":{\"key-auth\":{\"key\":\"%s\"}}}".formatted(name, key);
    }

    private static void put(Gateway gateway, String path, String body) {
        var answer = gateway.admin("PUT", "/apisix/admin/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String secrets(Gateway gateway) {
        return gateway.admin("GET", "/suimon/v1/secrets", "").body();
    }

    private static void awaitAnswer(Gateway gateway, String key, int status) {
        awaitTrue(() -> gateway.get("/closed?apikey=" + key).statusCode() == status);
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().ignoreExceptions().until(condition);
    }

    /** Answers reads of one secret of the KV engine, version 2, as Vault's documentation of its HTTP API shows them. */
    private static final class Vault implements AutoCloseable {

        private final HttpServer server;
        private volatile String key = "";

        Vault(int port) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
            server.createContext("/v1/kv/data/apisix/jack", this::answer);
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        void answer(String newKey) {
            key = newKey;
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                boolean allowed = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
                var body = (allowed
                                ? "{\"data\":{\"data\":{\"key\":\"%s\"},\"metadata\":{\"version\":1}}}".formatted(key)
                                : "{\"errors\":[\"permission denied\"]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(allowed ? 200 : 403, body.length);
                exchange.getResponseBody().write(body);
            }
        }

        void stop() {
            server.stop(0);
        }

        @Override
        public void close() {
            stop();
        }
    }
}
