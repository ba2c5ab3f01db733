package io.suimon.engine.compile;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.resource.Consumer;
import io.suimon.engine.resource.Credential;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the consumer index up with consumers and credentials that changed. */
final class Consumers {

    private static final String CUSTOM_ID = "custom_id";

    private final Configuration before;
    private final Configuration now;

    Consumers(Configuration before, Configuration now) {
        this.before = before;
        this.now = now;
    }

    /** The index of the consumers there are now. */
    ConsumerIndex update(ConsumerIndex index, Set<ResourceKey> affected) {
        var updated = index;
        for (var key : affected) {
            if (key.kind() == ResourceKind.CONSUMER || key.kind() == ResourceKind.CREDENTIAL) {
                updated = with(key, without(key, updated));
            }
        }
        return updated;
    }

    private ConsumerIndex without(ResourceKey key, ConsumerIndex index) {
        var left = key.kind() == ResourceKind.CONSUMER ? index.withoutName(key.id()) : index;
        var live = before.live(key);
        if (live != null) {
            for (var proof : live.proofs()) {
                left = left.without(proof.plugin(), proof.key(), key);
            }
        }
        return left;
    }

    private ConsumerIndex with(ResourceKey key, ConsumerIndex index) {
        var live = now.live(key);
        var who = live == null ? null : identity(live);
        if (live == null || who == null) {
            return index;
        }
        var updated = key.kind() == ResourceKind.CONSUMER ? index.with(who) : index;
        for (var proof : live.proofs()) {
            var entry = new ConsumerIndex.Entry(who, proof.config());
            var claim = new ConsumerIndex.Claim(key, live.source().modRevision(), entry);
            updated = updated.with(proof.plugin(), proof.key(), claim);
        }
        return updated;
    }

    private @Nullable AuthenticatedConsumer identity(LiveResource live) {
        if (live.resource() instanceof Credential credential) {
            var owner = now.live(new ResourceKey(ResourceKind.CONSUMER, credential.username()));
            return owner == null
                    ? null
                    : identity((Consumer) owner.resource(), credential.key().shortId());
        }
        return identity((Consumer) live.resource(), null);
    }

    private static AuthenticatedConsumer identity(Consumer consumer, @Nullable String credentialId) {
        var labels = consumer.description().labels();
        return new AuthenticatedConsumer(
                consumer.username(), credentialId, labels.get(CUSTOM_ID), consumer.groupId(), labels);
    }
}
