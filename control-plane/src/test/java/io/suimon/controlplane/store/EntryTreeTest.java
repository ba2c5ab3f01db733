package io.suimon.controlplane.store;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EntryTreeTest {

    private long revision;

    record Step(String path, boolean removes) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        var path = Arbitraries.strings().withChars("ab/").ofMaxLength(6);
        return Combinators.combine(path, Arbitraries.of(true, false, false))
                .as(Step::new)
                .list()
                .ofMaxSize(300);
    }

    @Property(tries = 500)
    void isASortedMap(@ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> lookedUp) {
        var model = new TreeMap<String, StoredEntry>();
        var tree = EntryTree.empty();
        int at = 0;

        for (var step : steps) {
            if (step.removes()) {
                model.remove(step.path());
                tree = tree.without(step.path());
            } else {
                var entry = entry(step.path(), ++at);
                model.put(step.path(), entry);
                tree = tree.with(entry);
            }
        }

        assertThat(tree.entries()).containsExactlyElementsOf(model.values());
        assertThat(tree.size()).isEqualTo(model.size());
        assertThat(tree.height()).isLessThanOrEqualTo(maxHeight(model.size()));
        for (var step : lookedUp) {
            assertThat(tree.get(step.path())).isSameAs(model.get(step.path()));
            assertThat(tree.range(step.path()))
                    .containsExactlyElementsOf(model.values().stream()
                            .filter(entry -> entry.path().startsWith(step.path()))
                            .toList());
        }
    }

    @Property(tries = 200)
    void aTreeMadeAtOnceIsTheOneMadeByAndBy(@ForAll("steps") List<Step> steps) {
        var entries = new ArrayList<StoredEntry>();
        steps.forEach(step -> entries.add(entry(step.path(), entries.size() + 1)));
        var byAndBy = EntryTree.empty();
        for (var entry : entries) {
            byAndBy = byAndBy.with(entry);
        }

        var atOnce = EntryTree.of(entries);
        var sorted = EntryTree.of(byAndBy.entries());

        assertThat(atOnce.entries()).containsExactlyElementsOf(byAndBy.entries());
        assertThat(sorted.entries()).containsExactlyElementsOf(byAndBy.entries());
        assertThat(sorted.height()).isLessThanOrEqualTo(maxHeight(sorted.size()));
    }

    @Property(tries = 500)
    void differencesLeadFromOneTreeToTheOther(@ForAll("steps") List<Step> first, @ForAll("steps") List<Step> second) {
        var before = after(EntryTree.empty(), first);
        var copy = after(before, second);
        var stranger = after(EntryTree.empty(), second);

        assertThat(applied(before, before.differencesTo(copy))).isEqualTo(copy.entries());
        assertThat(applied(before, before.differencesTo(stranger))).isEqualTo(stranger.entries());
        assertThat(before.differencesTo(before)).isEmpty();
    }

    @Test
    void entryThatIsEqualIsNoDifference() {
        var before = EntryTree.of(List.of(entry("routes/1", 1), entry("routes/2", 2)));
        var after = EntryTree.of(List.of(entry("routes/1", 1), entry("routes/2", 3)));

        var differences = before.differencesTo(after);

        assertThat(differences)
                .containsExactly(new EntryTree.Difference("routes/2", entry("routes/2", 2), entry("routes/2", 3)));
    }

    private EntryTree after(EntryTree start, List<Step> steps) {
        var tree = start;
        for (var step : steps) {
            tree = step.removes() ? tree.without(step.path()) : tree.with(entry(step.path(), ++revision));
        }
        return tree;
    }

    /** The entries that a tree has after differences; each is checked to begin with what is there. */
    private static List<StoredEntry> applied(EntryTree tree, List<EntryTree.Difference> differences) {
        var result = tree;
        for (var difference : differences) {
            assertThat(result.get(difference.path())).isSameAs(difference.before());
            var next = difference.after();
            result = next == null ? result.without(difference.path()) : result.with(next);
        }
        return result.entries();
    }

    @Test
    void anEarlierTreeStaysAsItWas() {
        var before = EntryTree.of(
                IntStream.range(100, 200).mapToObj(i -> entry("routes/" + i, i)).toList());
        var entries = before.entries();

        before.with(entry("routes/150", 999)).without("routes/100");

        assertThat(before.entries()).isEqualTo(entries);
        assertThat(before.get("routes/150")).isEqualTo(entry("routes/150", 150));
    }

    @Test
    void withoutWhatIsNotThereIsTheSameTree() {
        var tree = EntryTree.of(List.of(entry("routes/1", 1)));

        var same = tree.without("routes/2");

        assertThat(same).isSameAs(tree);
    }

    private static int maxHeight(int size) {
        return (int) (1.4405 * Math.log(size + 2) / Math.log(2));
    }

    private static StoredEntry entry(String path, long revision) {
        return new StoredEntry(path, revision, revision, new byte[0]);
    }
}
