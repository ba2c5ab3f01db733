package io.suimon.controlplane.admin;

import java.nio.file.Path;
import java.util.Map;
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
import static org.awaitility.Awaitility.await;

@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnumSource(TestStore.class)
class SecretsHttpTest {

    private static final String SECRETS = "/suimon/v1/secrets";

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

    @Test
    void referencesAreListedWithTheirReasonAndStoredAsTheyAreWritten() {
        var written = server.send(
                "PUT",
                "/apisix/admin/consumers/jack",
                "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"$secret://aws/1/a/b\"}}}");

        await().untilAsserted(() -> assertThat(server.send("GET", SECRETS, "", "X-API-KEY", AdminServer.VIEWER)
                        .body())
                .contains(
                        "\"reference\":\"$secret://aws/1/a/b\",\"state\":\"failed\"",
                        "\"reason\":\"secret manager aws is not built (expected: vault)\"",
                        "\"used_by\":[\"consumers/jack\"],\"used_by_total\":1"));
        assertThat(written.body()).contains("\"key\":\"$secret://aws/1/a/b\"");
        assertThat(server.stored("consumers/jack")).contains("$secret://aws/1/a/b");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "ssls/refers,     ~{\"sni\":\"a.example\",\"cert\":\"$secret://vault/1/tls/cert\",\"key\":\"$secret://vault/1/tls/key\"}~",
                "upstreams/refers, ~{\"nodes\":{\"h:1\":1},\"tls\":{\"client_cert\":\"$env://CERT\",\"client_key\":\"$ENV://KEY\"}}~",
                "routes/refers,   ~{\"uri\":\"/a\",\"plugins\":{\"proxy-rewrite\":{\"host\":\"$ENV://HOST\"}}}~",
                "consumers/refers, ~{\"username\":\"refers\",\"plugins\":{\"key-auth\":{\"key\":\"$secret://vault/1/a/b\"}}}~",
            })
    void referencesMayStandWhereTextsDo(String path, String body) {
        var written = server.send("PUT", "/apisix/admin/" + path, body);

        assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
        await().untilAsserted(() ->
                assertThat(server.send("GET", SECRETS, "").body()).contains("\"used_by\":[\"" + path + "\"]"));
    }

    @Test
    void referencesAreEncryptedLikeOtherTextsAndFoundAllTheSame(@TempDir Path own) throws InterruptedException {
        try (var encrypting = new AdminServer(own, Map.of("suimon.encryption.keyring", "a-key-of-16-byte"))) {
            encrypting.send(
                    "PUT",
                    "/apisix/admin/consumers/jack",
                    "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"$secret://vault/9/a/b\"}}}");

            await().untilAsserted(() -> assertThat(
                            encrypting.send("GET", SECRETS, "").body())
                    .contains("\"reference\":\"$secret://vault/9/a/b\"", "secrets/vault/9 does not exist"));
            assertThat(encrypting.stored("consumers/jack")).doesNotContain("$secret");
        }
    }

    @Test
    void listingIsOnlyForReading() {
        assertThat(server.send("DELETE", SECRETS, "").statusCode()).isEqualTo(405);
    }
}
