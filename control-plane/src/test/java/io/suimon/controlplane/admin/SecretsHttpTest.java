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
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp"})
    void referencesAreListedWithTheirReasonAndStoredAsTheyAreWritten(String manager) {
        var reference = "$secret://" + manager + "/1/a/b";
        var written = server.send(
                "PUT",
                "/apisix/admin/consumers/jack",
                "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"" + reference + "\"}}}");

        await().untilAsserted(() -> assertThat(server.send("GET", SECRETS, "", "X-API-KEY", AdminServer.VIEWER)
                        .body())
                .contains(
                        "\"reference\":\"" + reference + "\",\"state\":\"failed\"",
                        "\"reason\":\"secret manager " + manager + " is not built (expected: vault)\"",
                        "\"used_by\":[\"consumers/jack\"],\"used_by_total\":1"));
        assertThat(written.body()).contains("\"key\":\"" + reference + "\"");
        assertThat(server.stored("consumers/jack")).contains(reference);
    }

    @Test
    void eachReferenceNamesTheResourceThatHasIt() {
        server.send("PUT", "/apisix/admin/secrets/gcp/1", "{\"auth_file\":\"/nowhere.json\"}");
        server.send(
                "PUT",
                "/apisix/admin/consumers/one",
                "{\"username\":\"one\",\"plugins\":{\"key-auth\":{\"key\":\"$secret://gcp/1/k/one\"}}}");
        server.send(
                "PUT",
                "/apisix/admin/routes/two",
                "{\"uri\":\"/two\",\"plugins\":{\"proxy-rewrite\":{\"host\":\"$secret://gcp/1/k/two\"}}}");

        await().untilAsserted(() -> assertThat(server.send("GET", SECRETS, "").body())
                .contains(
                        "\"reference\":\"$secret://gcp/1/k/one\"",
                        "\"used_by\":[\"consumers/one\"]",
                        "\"reference\":\"$secret://gcp/1/k/two\"",
                        "\"used_by\":[\"routes/two\"]",
                        "secret manager gcp is not built (expected: vault)"));
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
