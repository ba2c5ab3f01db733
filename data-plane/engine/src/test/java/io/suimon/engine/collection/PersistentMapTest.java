package io.suimon.engine.collection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PersistentMapTest {

    /** Keys that collide in few, in many or in all bits of their hash. */
    record Key(int id) {
        @Override
        public int hashCode() {
            return id % 3 == 0 ? 7 : id % 3 == 1 ? id << 27 : id;
        }
    }

    @Property(tries = 2_000)
    void holdsWhatAHashMapHolds(@ForAll @Size(max = 300) List<@IntRange(min = -120, max = 120) Integer> steps) {
        var model = new HashMap<Key, Integer>();
        PersistentMap<Key, Integer> map = PersistentMap.empty();

        for (int step : steps) {
            var key = new Key(Math.abs(step));
            map = step < 0 ? map.without(key) : map.with(key, step);
            if (step < 0) {
                model.remove(key);
            } else {
                model.put(key, step);
            }
        }

        assertThat(entriesOf(map)).isEqualTo(model);
        assertThat(map.size()).isEqualTo(model.size());
        for (int id = 0; id <= 120; id++) {
            assertThat(map.get(new Key(id))).isEqualTo(model.get(new Key(id)));
        }
    }

    @Test
    void aChangeLeavesTheMapItWasMadeFromAsItWas() {
        PersistentMap<String, String> before =
                PersistentMap.<String, String>empty().with("a", "1").with("b", "2");

        var after = before.with("a", "9").without("b");

        assertThat(entriesOf(before)).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(entriesOf(after)).isEqualTo(Map.of("a", "9"));
    }

    @Test
    void aChangeThatChangesNothingYieldsTheVeryMap() {
        PersistentMap<String, String> map =
                PersistentMap.<String, String>empty().with("a", "1");

        assertThat(map.with("a", "1")).isSameAs(map);
        assertThat(map.without("b")).isSameAs(map);
    }

    private static <K, V> Map<K, V> entriesOf(PersistentMap<K, V> map) {
        var entries = new HashMap<K, V>();
        map.forEach((key, value) -> assertThat(entries.put(key, value)).isNull());
        return entries;
    }
}
