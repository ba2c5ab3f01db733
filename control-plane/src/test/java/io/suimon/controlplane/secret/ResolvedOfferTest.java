package io.suimon.controlplane.secret;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is offered to nodes and shown to people, and when. */
class ResolvedOfferTest {

    private static final String JACK = "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"%s\"}}}";
    private static final String REFERENCE = "$secret://vault/1/jack/key";

    private final ResolverScene scene = new ResolverScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void secretManagersThemselvesAreNotForNodes() {
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("routes/1", "{\"uri\":\"/a\"}");

        scene.start(Map.of());

        await().until(() -> !scene.offers.isEmpty());
        assertThat(scene.last().range("")).extracting(StoredEntry::path).containsExactly("routes/1");
    }

    @Test
    void firstOfferWaitsNoLongerThanTheTimeout() {
        scene.vault.fallSilent(true);
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.put("routes/1", "{\"uri\":\"/a\"}");

        scene.start(Map.of("suimon.secrets.timeout", "300ms"));

        await().until(() -> !scene.offers.isEmpty());
        assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted(REFERENCE));
        assertThat(scene.offered("routes/1")).isEqualTo("{\"uri\":\"/a\"}");
    }

    @Test
    void newReferenceHoldsBackItsResourceAndNoOther() {
        scene.vault.put("kv/jack", "{\"key\":\"k1\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted("plain"));
        scene.start(Map.of());
        await().until(() -> !scene.offers.isEmpty());
        scene.vault.fallSilent(true);

        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.put("consumers/jim", JACK.formatted(REFERENCE));
        scene.put("routes/1", "{\"uri\":\"/a\"}");

        await().until(() -> scene.last().revision() == scene.revision());
        assertThat(scene.offered("routes/1")).isEqualTo("{\"uri\":\"/a\"}");
        assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("plain"));
        assertThat(scene.last().get("consumers/jim")).isNull();
        assertThat(scene.listed(REFERENCE).state()).isEqualTo("pending");
    }

    @Test
    void secretManagerThatIsGoneIsNotAskedForEachSecret() {
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        for (int i = 0; i < 500; i++) {
            scene.put("consumers/c" + i, JACK.formatted("$secret://vault/1/c" + i + "/key"));
        }
        scene.vault.failWith(503);

        scene.start(Map.of());

        await().until(() -> !scene.offers.isEmpty());
        assertThat(scene.vault.asked).hasSizeLessThan(50);
        assertThat(scene.resolver().count(SecretState.FAILED)).isEqualTo(500);
    }

    @Test
    void referencesBeyondTheLimitAreSaidToBeUntilThereIsRoom() {
        scene.vault.put("kv/a", "{\"key\":\"a\"}");
        scene.vault.put("kv/b", "{\"key\":\"b\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("routes/1", "{\"x\":\"$secret://vault/1/a/key\"}");
        scene.start(Map.of("suimon.secrets.max-references", "1"));
        scene.put("routes/2", "{\"x\":\"$secret://vault/1/b/key\"}");
        await().until(() -> scene.last().get("routes/2") != null);
        assertThat(scene.listed("$secret://vault/1/b/key").reason())
                .isEqualTo("there are more references than suimon.secrets.max-references (1)");

        scene.remove("routes/1");

        await().untilAsserted(() -> assertThat(scene.offered("routes/2")).isEqualTo("{\"x\":\"b\"}"));
    }

    @Test
    void referenceNobodyUsesAnyMoreIsForgotten() {
        scene.vault.put("kv/jack", "{\"key\":\"k1\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.start(Map.of());
        await().until(() -> !scene.offers.isEmpty());

        scene.put("consumers/jack", JACK.formatted("plain"));

        await().untilAsserted(() -> assertThat(scene.offered("consumers/jack")).isEqualTo(JACK.formatted("plain")));
        assertThat(scene.resolver().listing().references()).isEmpty();
    }

    @Test
    void otherStoreIsTakenOverWhole() {
        scene.vault.put("kv/jack", "{\"key\":\"k1\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.start(Map.of());
        await().until(() -> !scene.offers.isEmpty());

        var other = EntryTree.of(List.of(scene.entry("consumers/jim", JACK.formatted(REFERENCE))));
        scene.resolver().advanced(new ResolvedView("another", 1, other));

        await().until(() -> scene.last().storeId().equals("another"));
        assertThat(scene.last().range("")).extracting(StoredEntry::path).containsExactly("consumers/jim");
    }

    @Test
    void listingNeverShowsAValue() {
        scene.vault.put("kv/jack", "{\"key\":\"opensesame\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.start(Map.of());
        await().until(() -> !scene.offers.isEmpty());

        var shown = new String(Json.bytes(Json.tree(scene.resolver().listing())), StandardCharsets.UTF_8);

        assertThat(shown)
                .contains("\"resolved\":1", "\"reference\":\"" + REFERENCE + "\"", "\"used_by\":[\"consumers/jack\"]")
                .doesNotContain("opensesame", TestVault.TOKEN);
    }

    @Test
    void metricsCountReferencesAndQuestions() {
        scene.vault.put("kv/jack", "{\"key\":\"k1\"}");
        scene.put("secrets/vault/1", scene.vault.resource("kv"));
        scene.put("consumers/jack", JACK.formatted(REFERENCE));
        scene.put("consumers/jim", JACK.formatted("$secret://vault/1/jim/key"));
        scene.start(Map.of());
        await().until(() -> !scene.offers.isEmpty());
        var registry = new SimpleMeterRegistry();

        new SecretMetrics(scene.resolver()).bindTo(registry);

        assertThat(registry.get("suimon.secrets.references")
                        .tag("state", "resolved")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("suimon.secrets.references")
                        .tag("state", "failed")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("suimon.secrets.fetches")
                        .tag("outcome", "ok")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("suimon.secrets.fetches")
                        .tag("outcome", "failed")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whateverIsWrittenNodesGetAllOfItResolved(long seed) {
        var random = new Random(seed);
        scene.start(Map.of());

        for (int step = 0; step < 200; step++) {
            var path = "routes/" + random.nextInt(20);
            switch (random.nextInt(4)) {
                case 0 -> scene.remove(path);
                case 1 -> scene.put(path, "{\"n\":" + step + "}");
                default -> scene.put(path, "{\"n\":" + step + ",\"x\":\"$ENV://NAME\"}");
            }
        }

        await().until(() -> scene.last().revision() == scene.revision());
        assertThat(scene.last().range("").stream().map(ResolvedOfferTest::text))
                .containsExactlyElementsOf(scene.entries().entries().stream()
                        .map(entry -> text(entry).replace("$ENV://NAME", "from the environment"))
                        .toList());
    }

    private static String text(StoredEntry entry) {
        return entry.path() + "@" + entry.modRevision() + " " + new String(entry.value(), StandardCharsets.UTF_8);
    }
}
