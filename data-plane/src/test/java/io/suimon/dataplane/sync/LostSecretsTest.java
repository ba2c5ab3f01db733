package io.suimon.dataplane.sync;

import com.google.protobuf.ByteString;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Delta;
import io.suimon.proto.sync.v1.Resource;
import io.suimon.proto.sync.v1.ResourceRef;
import io.suimon.proto.sync.v1.SnapshotChunk;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A node goes on with the secrets it has when the control plane has only their names. */
class LostSecretsTest {

    private static final ResourceKey JACK = new ResourceKey(ResourceKind.CONSUMER, "jack");
    private static final String REFERENCE = "$secret://vault/1/jack/key";

    private final CurrentRuntime current = new CurrentRuntime();
    private final List<CopySource> copies = new ArrayList<>();
    private final ConfigApplier applier = applier(current);

    @ParameterizedTest(name = "{0} after {1} -> {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"a\":\"$ENV://X\"},             {\"a\":\"v\"},                     /a",
                "`{\"a\":[{},{\"b\":\"$env://X\"}]}`, `{\"a\":[{},{\"b\":\"v\"}]}`, /a/1/b",
                "{\"a\":\"$ENV://X\"},             {\"a\":5},                         /a",
                "{\"a\":\"$ENV://X\"},             {\"a\":\"$secret://vault/1/a/b\"}, ``",
                "{\"a\":\"$ENV://X\"},             {\"b\":\"v\"},                     ``",
                "{\"a\":\"$ENV://X\"},             {\"a\":{\"b\":\"v\"}},             ``",
                "{\"a\":\"new\"},                  {\"a\":\"v\"},                     ``",
                "{\"a\":\"$5\"},                   {\"a\":\"v\"},                     ``",
                "no json $s,                       {\"a\":\"v\"},                     ``",
            })
    void secretIsLostWhereItsNameComesInPlaceOfAValue(String after, String before, String place) {
        assertThat(LostSecrets.firstIn(resource(2, after), resource(1, before)).orElse(""))
                .isEqualTo(place);
    }

    @Test
    void resourceStaysAtItsLastFormAndIsReported() {
        snapshot(1, consumer(1, "opensesame"));

        delta(1, 2, consumer(1, REFERENCE));

        assertThat(knows("opensesame")).isTrue();
        assertThat(current.applied().rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.key()).isEqualTo(JACK);
            assertThat(rejection.reason()).startsWith("/plugins/key-auth/key: a secret that is not resolved");
        });
    }

    @Test
    void nextValueReleasesIt() {
        snapshot(1, consumer(1, "opensesame"));
        delta(1, 2, consumer(1, REFERENCE));

        delta(2, 2, consumer(1, "rotated"));

        assertThat(knows("opensesame")).isFalse();
        assertThat(knows("rotated")).isTrue();
        assertThat(current.applied().rejections()).isEmpty();
    }

    @Test
    void removalReleasesIt() {
        snapshot(1, consumer(1, "opensesame"));
        delta(1, 2, consumer(1, REFERENCE));

        remove(2, 3);

        assertThat(knows("opensesame")).isFalse();
        assertThat(current.applied().rejections()).isEmpty();
        assertThat(copy().lastResolved()).isEmpty();
    }

    @Test
    void consumerThatNeverHadAValueIsNotUsable() {
        snapshot(1, consumer(1, REFERENCE));

        assertThat(knows(REFERENCE)).isFalse();
        assertThat(current.applied().rejections()).isEmpty();
    }

    @Test
    void snapshotWithoutTheValueChangesNothingEither() {
        snapshot(1, consumer(1, "opensesame"));

        snapshot(2, consumer(1, REFERENCE));
        snapshot(3, consumer(1, REFERENCE));

        assertThat(knows("opensesame")).isTrue();
        assertThat(current.applied().rejections()).hasSize(1);
    }

    @Test
    void restartedNodeGoesOnWithTheLastFormFromItsDiskCopy() {
        snapshot(1, consumer(1, "opensesame"));
        delta(1, 2, consumer(1, REFERENCE));
        var copy = copy();

        var restarted = new CurrentRuntime();
        applier(restarted).restore(copy);

        assertThat(restarted.runtime().consumers().find("key-auth", "opensesame"))
                .isNotNull();
        assertThat(restarted.applied().digest()).isEqualTo(current.applied().digest());
        assertThat(restarted.applied().rejections()).hasSize(1);
    }

    private ConfigApplier applier(CurrentRuntime runtime) {
        var compiler = new RuntimeCompiler(new ResourceParser(), PluginCatalog.load(), PluginServices.forAdmission());
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SyncConfig.class)
                .build()
                .getConfigMapping(SyncConfig.class);
        return new ConfigApplier(
                compiler::apply, runtime, copies::add, new SyncCounters(), InstantSource.system(), config);
    }

    private Configuration copy() {
        return (Configuration) copies.getLast().next(true);
    }

    private boolean knows(String key) {
        return current.runtime().consumers().find("key-auth", key) != null;
    }

    private static StoredResource consumer(long revision, String key) {
        return resource(revision, "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"%s\"}}}".formatted(key));
    }

    private static StoredResource resource(long revision, String json) {
        return new StoredResource(JACK, 1, revision, json.getBytes(StandardCharsets.UTF_8));
    }

    private void snapshot(long revision, StoredResource resource) {
        take(ControlMessage.newBuilder()
                .setSnapshot(SnapshotChunk.newBuilder()
                        .setStoreId("store")
                        .setRevision(revision)
                        .setLast(true)
                        .addResources(message(resource))
                        .setDigest(digest(resource)))
                .build());
    }

    private void delta(long from, long to, StoredResource resource) {
        take(ControlMessage.newBuilder()
                .setDelta(Delta.newBuilder()
                        .setFromRevision(from)
                        .setToRevision(to)
                        .setLast(true)
                        .addPuts(message(resource))
                        .setDigest(digest(resource)))
                .build());
    }

    private void remove(long from, long to) {
        take(ControlMessage.newBuilder()
                .setDelta(Delta.newBuilder()
                        .setFromRevision(from)
                        .setToRevision(to)
                        .setLast(true)
                        .addRemovals(
                                ResourceRef.newBuilder().setKind("consumers").setId("jack")))
                .build());
    }

    private void take(ControlMessage message) {
        assertThat(applier.take(message)).isInstanceOf(Answer.Acknowledge.class);
    }

    private static io.suimon.proto.sync.v1.Digest digest(StoredResource resource) {
        return Digests.plus(io.suimon.proto.StateDigest.EMPTY, resource).toMessage();
    }

    private static Resource message(StoredResource resource) {
        return Resource.newBuilder()
                .setKind(resource.key().kind().directory())
                .setId(resource.key().id())
                .setCreateRevision(resource.createRevision())
                .setModRevision(resource.modRevision())
                .setJson(ByteString.copyFrom(resource.json()))
                .build();
    }
}
