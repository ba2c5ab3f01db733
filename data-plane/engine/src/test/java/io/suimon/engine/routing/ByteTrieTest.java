package io.suimon.engine.routing;

import io.suimon.engine.routing.ByteTrie.Place;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class ByteTrieTest {

    @Property(tries = 5000)
    void behavesLikeAMap(@ForAll("keys") List<String> put, @ForAll("keys") List<String> removed) {
        var model = new HashMap<String, String>();
        ByteTrie<String> trie = ByteTrie.empty();
        for (var key : put) {
            model.put(key, key);
            trie = trie.update(WireText.bytes(key), Place.EXACT, old -> key);
        }
        var before = trie;
        for (var key : removed) {
            model.remove(key);
            trie = trie.update(WireText.bytes(key), Place.EXACT, old -> null);
        }

        var values = new ArrayList<String>();
        trie.forEach(values::add);
        assertThat(values).containsExactlyInAnyOrderElementsOf(model.values());
        assertThat(trie.isEmpty()).isEqualTo(model.isEmpty());
        for (var key : removed) {
            assertThat(trie.get(WireText.bytes(key))).isNull();
        }
        for (var key : put) {
            assertThat(trie.get(WireText.bytes(key))).isEqualTo(model.get(key));
            assertThat(before.get(WireText.bytes(key))).isEqualTo(key);
        }
    }

    @Property(tries = 1000)
    void isEmptyAgainWhenAllIsRemoved(@ForAll("keys") List<String> keys) {
        ByteTrie<String> trie = ByteTrie.empty();
        for (var key : keys) {
            trie = trie.update(WireText.bytes(key), Place.PREFIX, old -> key);
        }
        for (var key : keys) {
            trie = trie.update(WireText.bytes(key), Place.PREFIX, old -> null);
        }

        assertThat(trie.isEmpty()).isTrue();
    }

    @Provide
    Arbitrary<List<String>> keys() {
        return Arbitraries.strings()
                .withChars('a', 'b', (char) 0xC3)
                .ofMaxLength(6)
                .list()
                .ofMaxSize(20);
    }
}
