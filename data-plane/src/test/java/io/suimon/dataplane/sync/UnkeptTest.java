package io.suimon.dataplane.sync;

import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A copy that is kept up to date by steps, against the state it is a copy of. */
class UnkeptTest {

    private final NodeState state = new NodeState();
    private long revision;

    private void snapshot(String storeId, List<StoredResource> everything) {
        state.take(state.toward(storeId, ++revision, everything));
    }

    private void put(int id) {
        revision++;
        state.take(state.after(revision, List.of(resource(id, revision)), List.of()));
    }

    private void remove(int id) {
        state.take(state.after(++revision, List.of(), List.of(key(id))));
    }

    private static ResourceKey key(int id) {
        return new ResourceKey(ResourceKind.ROUTE, "r" + id);
    }

    private static StoredResource resource(int id, long revision) {
        return new StoredResource(key(id), 1, revision, ("{\"uri\":\"/" + id + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static Map<ResourceKey, StoredResource> keyed(Configuration configuration) {
        var resources = new HashMap<ResourceKey, StoredResource>();
        configuration.resources().forEach(resource -> resources.put(resource.key(), resource));
        return resources;
    }

    /** Numbers are resources: even ones are put, odd ones removed; a multiple of seven is kept behind it. */
    @Property(tries = 200)
    void stepsMakeOfACopyWhatTheStateIs(@ForAll @Size(max = 60) List<@IntRange(max = 30) Integer> changes) {
        snapshot("store", List.of(resource(0, 1)));
        var first = (Configuration) state.toKeep(true);
        var copy = keyed(first);

        for (int change : changes) {
            if (change % 2 == 0) {
                put(change / 2);
            } else {
                remove(change / 2);
            }
            if (change % 7 == 0) {
                var step = (ConfigurationStep) state.toKeep(false);
                step.puts().forEach(put -> copy.put(put.key(), put));
                step.removals().forEach(copy::remove);
            }
        }
        var step = (ConfigurationStep) state.toKeep(false);
        step.puts().forEach(put -> copy.put(put.key(), put));
        step.removals().forEach(copy::remove);

        var now = (Configuration) state.toKeep(true);
        assertThat(copy).isEqualTo(keyed(now));
        assertThat(step.digest()).isEqualTo(now.digest());
        assertThat(step.revision()).isEqualTo(now.revision());
    }

    @Test
    void anotherStoreIsNoStep() {
        snapshot("store", List.of(resource(0, 1)));
        var unused = state.toKeep(true);

        snapshot("another", List.of(resource(0, 1)));

        assertThat(state.toKeep(false)).isInstanceOf(Configuration.class);
    }

    @Test
    void muchAtOnceIsNoStep() {
        snapshot("store", List.of());
        var unused = state.toKeep(true);

        for (int id = 0; id < 65; id++) {
            put(id);
        }

        assertThat(state.toKeep(false)).isInstanceOf(Configuration.class);
        put(1);
        assertThat(state.toKeep(false)).isInstanceOf(ConfigurationStep.class);
    }

    @Test
    void whatIsAtItsLastFormWithSecretsIsNoStep() {
        var change = new ConfigChange(1, false, List.of(resource(0, 1)), List.of());
        var unkept = new Unkept();
        unkept.kept(List.of());
        unkept.note(change, false, 1);

        assertThat(unkept.isStep(List.of())).isTrue();
        assertThat(unkept.isStep(List.of(resource(0, 1)))).isFalse();
        unkept.kept(List.of(resource(0, 1)));
        assertThat(unkept.isStep(List.of())).isFalse();
    }
}
