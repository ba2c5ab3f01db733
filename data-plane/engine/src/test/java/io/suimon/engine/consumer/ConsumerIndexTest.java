package io.suimon.engine.consumer;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class ConsumerIndexTest {

    @Test
    void ofTwoWhoClaimAKeyTheLaterWrittenHasItWhateverTheOrderOfLoading() {
        var forward =
                ConsumerIndex.EMPTY.with("key-auth", "k", claim("jack", 5)).with("key-auth", "k", claim("rose", 7));
        var backward =
                ConsumerIndex.EMPTY.with("key-auth", "k", claim("rose", 7)).with("key-auth", "k", claim("jack", 5));

        assertThat(nameFor(forward, "k")).isEqualTo("rose");
        assertThat(nameFor(backward, "k")).isEqualTo("rose");
    }

    @Test
    void theEarlierClaimCountsAgainWhenTheLaterOneIsGone() {
        var both = ConsumerIndex.EMPTY.with("key-auth", "k", claim("jack", 5)).with("key-auth", "k", claim("rose", 7));

        var left = both.without("key-auth", "k", consumer("rose"));

        assertThat(nameFor(left, "k")).isEqualTo("jack");
        assertThat(nameFor(both, "k")).isEqualTo("rose");
    }

    @Test
    void aKeyIsLookedUpForItsPluginOnly() {
        var index = ConsumerIndex.EMPTY.with("key-auth", "k", claim("jack", 5));

        assertThat(index.find("basic-auth", "k")).isNull();
        assertThat(index.find("key-auth", "other")).isNull();
    }

    @Test
    void aClaimPutAgainReplacesItself() {
        var index = ConsumerIndex.EMPTY.with("key-auth", "k", claim("jack", 5)).with("key-auth", "k", claim("jack", 9));

        assertThat(index.without("key-auth", "k", consumer("jack")).find("key-auth", "k"))
                .isNull();
    }

    @Test
    void consumersAreKnownByNameUntilTheyAreRemoved() {
        var index = new ConsumerIndex(Map.of(), Map.of("jack", named("jack")));

        assertThat(index.named("jack")).isEqualTo(named("jack"));
        assertThat(index.withoutName("jack").named("jack")).isNull();
    }

    @Test
    void anEntryDoesNotPrintItsSecret() {
        assertThat(claim("jack", 5).toString()).doesNotContain("hunter2");
    }

    private static String nameFor(ConsumerIndex index, String key) {
        return requireNonNull(index.find("key-auth", key)).consumer().username();
    }

    private static ConsumerIndex.Claim claim(String username, long modRevision) {
        return new ConsumerIndex.Claim(
                consumer(username), modRevision, new ConsumerIndex.Entry(named(username), "hunter2"));
    }

    private static ResourceKey consumer(String username) {
        return new ResourceKey(ResourceKind.CONSUMER, username);
    }

    private static AuthenticatedConsumer named(String username) {
        return new AuthenticatedConsumer(username, null, null, null, Map.of());
    }
}
