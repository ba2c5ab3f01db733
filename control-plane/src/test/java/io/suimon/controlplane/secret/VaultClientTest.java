package io.suimon.controlplane.secret;

import io.suimon.controlplane.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VaultClientTest {

    private final TestVault vault = new TestVault();
    private final VaultClient client = client("20s");
    private final VaultClient impatient = client("500ms");

    private static VaultClient client(String timeout) {
        return new VaultClient(
                TestSettings.of(Map.of("suimon.secrets.timeout", timeout, "suimon.secrets.max-answer-size", "1000")),
                TrustedCertificates.tls(Optional.empty()));
    }

    @AfterEach
    void close() {
        client.close();
        impatient.close();
        vault.close();
    }

    @Test
    void firstVersionHasTheFieldsInTheData() throws InterruptedException {
        vault.put("kv/apisix/jack", "{\"key\":\"k\"}");

        assertThat(fetch("kv/apisix", "jack")).isEqualTo(fields("{\"key\":\"k\"}"));
    }

    @Test
    void secondVersionHasThemInTheDataOfTheData() throws InterruptedException {
        vault.putVersioned("kv/data/apisix/jack", "{\"key\":\"k\"}");

        assertThat(fetch("kv/data/apisix", "jack")).isEqualTo(fields("{\"key\":\"k\"}"));
    }

    @Test
    void fieldCalledDataIsNoSecondVersion() throws InterruptedException {
        vault.put("kv/a", "{\"data\":{\"x\":\"y\"},\"metadata\":{\"x\":\"y\"}}");

        assertThat(fetch("kv", "a")).isEqualTo(fields("{\"data\":{\"x\":\"y\"},\"metadata\":{\"x\":\"y\"}}"));
    }

    @Test
    void namespaceIsSent() throws InterruptedException {
        vault.put("kv/a", "{}");

        client.fetch(new VaultAccess.Usable(vault.uri(), "kv", TestVault.TOKEN, "team/a"), "a");

        assertThat(vault.asked).containsExactly("kv/a@team/a");
    }

    @Test
    void missingSecretIsARefusal() throws InterruptedException {
        assertThat(fetch("kv", "nope")).isEqualTo(new Fetched.Refused("answered 404"));
    }

    @Test
    void wrongTokenIsARefusal() throws InterruptedException {
        assertThat(client.fetch(new VaultAccess.Usable(vault.uri(), "kv", "wrong", null), "a"))
                .isEqualTo(new Fetched.Refused("answered 403"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "400, Refused,     answered 400",
        "302, Refused,     answered 302: redirects are not followed",
        "204, Refused,     answered 204",
        "429, Unreachable, answered 429",
        "503, Unreachable, answered 503",
    })
    void ofOtherAnswersTheStatusIsTold(int status, String kind, String reason) throws InterruptedException {
        vault.failWith(status);

        var fetched = fetch("kv", "a");

        assertThat(fetched)
                .isEqualTo(kind.equals("Refused") ? new Fetched.Refused(reason) : new Fetched.Unreachable(reason));
        assertThat(vault.asked).containsExactly("kv/a");
    }

    @Test
    void answerWithoutDataIsNoSecret() throws InterruptedException {
        vault.putRaw("kv/list", "[1]");
        vault.putRaw("kv/null", "{\"data\":null}");
        vault.putRaw("kv/html", "<html>");

        for (var path : new String[] {"list", "null", "html"}) {
            assertThat(fetch("kv", path)).as(path).isEqualTo(new Fetched.Refused("answered 200 without a secret"));
        }
    }

    @Test
    void longAnswerIsNotTakenIn() throws InterruptedException {
        vault.put("kv/long", "{\"key\":\"" + "x".repeat(100_000) + "\"}");

        assertThat(fetch("kv", "long")).isEqualTo(new Fetched.Refused("answered more than 1000 bytes"));
    }

    @Test
    void silenceIsWaitedForNoLongerThanAllowed() throws InterruptedException {
        vault.fallSilent(true);

        assertThat(fetch(impatient, "kv", "a")).isEqualTo(new Fetched.Unreachable("no answer within 500 ms"));
    }

    @Test
    void answerThatDoesNotEndIsWaitedForNoLongerThanAllowed() throws IOException, InterruptedException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> begin(listening));

            var fetched = impatient.fetch(
                    new VaultAccess.Usable("http://127.0.0.1:" + listening.getLocalPort(), "kv", "t", null), "a");

            assertThat(fetched).isEqualTo(new Fetched.Unreachable("no answer within 500 ms"));
        }
    }

    @SuppressWarnings("EmptyCatch") // the client goes first
    private static void begin(ServerSocket listening) {
        try (var socket = listening.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
        }
    }

    @Test
    void whatCannotBeConnectedToIsSaidSo() throws InterruptedException {
        vault.close();

        assertThat(fetch("kv", "a")).isEqualTo(new Fetched.Unreachable("cannot be connected to"));
    }

    @Test
    void stepsUpAreNotAsked() throws InterruptedException {
        assertThat(fetch("kv", "../sys"))
                .isEqualTo(new Fetched.Refused("has no path ../sys (expected: one without . and ..)"));
        assertThat(vault.asked).isEmpty();
    }

    private Fetched fetch(String prefix, String path) throws InterruptedException {
        return fetch(client, prefix, path);
    }

    private Fetched fetch(VaultClient by, String prefix, String path) throws InterruptedException {
        return by.fetch(new VaultAccess.Usable(vault.uri(), prefix, TestVault.TOKEN, null), path);
    }

    private static Fetched fields(String json) {
        return new Fetched.Fields(
                Json.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow());
    }
}
