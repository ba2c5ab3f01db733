package io.suimon.controlplane.secret;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of references, as secrets and secret managers come and go. */
class SecretResolverTest {

    private static final String JACK = "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"%s\"}}}";
    private static final String REFERENCE = "$secret://vault/1/jack/key";

    private final ResolverScene scene = new ResolverScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void valueTakesThePlaceOfTheReferenceOnTheWayOut() {
        scene.vault.put("kv/jack", "{\"key\":\"opensesame\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));

        scene.start(Map.of());

        await().untilAsserted(
                        () -> assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("opensesame")));
        assertThat(scene.last().revision()).isEqualTo(scene.revision());
        assertThat(scene.stored("consumers/jack")).contains(REFERENCE);
    }

    @Test
    void anyTextMayReferButTheNamesOfTheResource() {
        scene.vault.putVersioned("kv/data/app/tls", "{\"cert\":\"C\",\"key\":\"K\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv/data/app"));
        scene.put(
                "ssls/1",
                "{\"id\":\"$ENV://NAME\",\"cert\":\"$secret://vault/1/tls/cert\",\"keys\":[\"$secret://vault/1/tls/key\"],"
                        + "\"n\":1.10,\"labels\":{\"a\":\"$ENV://NAME\",\"b\":\"x $ENV://NAME\"}}");

        scene.start(Map.of());

        await().until(() -> !scene.offers.isEmpty());
        assertThat(scene.offered("ssls/1"))
                .isEqualTo("{\"id\":\"$ENV://NAME\",\"cert\":\"C\",\"keys\":[\"K\"],"
                        + "\"n\":1.10,\"labels\":{\"a\":\"from the environment\",\"b\":\"x $ENV://NAME\"}}");
    }

    @Test
    void oneQuestionServesAllReferencesToASecret() {
        scene.vault.put("kv/jack", "{\"key\":\"a\",\"other\":\"b\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.put("routes/1", "{\"a\":\"" + REFERENCE + "\",\"b\":\"$secret://vault/1/jack/other\"}");

        scene.start(Map.of());

        await().until(() -> !scene.offers.isEmpty());
        assertThat(scene.offered("routes/1")).isEqualTo("{\"a\":\"a\",\"b\":\"b\"}");
        assertThat(scene.vault.asked).containsExactly("kv/jack");
    }

    @Test
    void valueThatChangedIsOfferedAtTheSameRevision() {
        scene.vault.put("kv/jack", "{\"key\":\"old\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.start(Map.of("suimon.secrets.refresh", "100ms"));
        await().until(() -> !scene.offers.isEmpty());

        scene.vault.put("kv/jack", "{\"key\":\"new\"}");

        await().untilAsserted(() -> assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("new")));
        assertThat(scene.last().revision()).isEqualTo(scene.offers.getFirst().revision());
    }

    @Test
    void lastValueStaysWhileItCannotBeReadAgain() {
        scene.vault.put("kv/jack", "{\"key\":\"k1\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.start(Map.of("suimon.secrets.refresh", "50ms", "suimon.secrets.retry", "100ms"));
        await().until(() -> !scene.offers.isEmpty());

        scene.vault.failWith(503);
        await().until(() -> scene.listed(REFERENCE).state().equals("stale"));
        assertThat(scene.listed(REFERENCE).reason()).isEqualTo("secrets/vault/1 answered 503");
        assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("k1"));

        scene.vault.put("kv/jack", "{\"key\":\"k2\"}");
        scene.vault.failWith(0);
        await().untilAsserted(() -> assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("k2")));
        assertThat(scene.listed(REFERENCE).state()).isEqualTo("resolved");
    }

    @Test
    void secretThatIsGoneLeavesItsLastValueToo() {
        scene.vault.put("kv/jack", "{\"key\":\"k1\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.start(Map.of("suimon.secrets.refresh", "50ms"));
        await().until(() -> !scene.offers.isEmpty());

        scene.vault.remove("kv/jack");

        await().until(() -> scene.listed(REFERENCE).state().equals("stale"));
        assertThat(scene.listed(REFERENCE).reason()).isEqualTo("secrets/vault/1 answered 404");
        assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("k1"));
    }

    @Test
    void changedSecretManagerIsAskedAtOnce() {
        scene.vault.put("kv/jack", "{\"key\":\"k1\"}");
        scene.put("secrets/vault/1", scene.vault.resource("nowhere"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.start(Map.of());
        await().until(() -> !scene.offers.isEmpty());
        assertThat(scene.listed(REFERENCE).reason()).isEqualTo("secrets/vault/1 answered 404");

        scene.put("secrets/vault/1", scene.vault.resource("kv"));

        await().untilAsserted(() -> assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("k1")));
    }

    @Test
    void lastValueOutlivesTheResourceOfTheSecretManager() {
        scene.vault.put("kv/jack", "{\"key\":\"k1\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.start(Map.of());
        await().until(() -> !scene.offers.isEmpty());

        scene.remove("secrets/vault/1");

        await().until(() -> scene.listed(REFERENCE).state().equals("stale"));
        assertThat(scene.listed(REFERENCE).reason()).isEqualTo("secrets/vault/1 does not exist");
        assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("k1"));
    }

    @Test
    void referenceThatCannotBeResolvedStaysAsItIsWritten() {
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.put("routes/1", "{\"a\":\"$secret://aws/1/a/b\"}");

        scene.start(Map.of());

        await().until(() -> !scene.offers.isEmpty());
        assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted(REFERENCE));
        assertThat(scene.listed(REFERENCE).state()).isEqualTo("failed");
        assertThat(scene.listed(REFERENCE).reason()).isEqualTo("secrets/vault/1 does not exist");
        assertThat(scene.listed("$secret://aws/1/a/b").reason())
                .isEqualTo("secret manager aws is not built (expected: vault)");
        assertThat(scene.listed("$secret://aws/1/a/b").usedBy()).containsExactly("routes/1");
    }
}
