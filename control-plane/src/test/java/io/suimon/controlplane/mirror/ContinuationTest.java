package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.store.WatchStart;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What a resumed watch has to tell before it is believed. */
class ContinuationTest {

    private static final StoreEvent KNOWN = put("routes/2", 5, "known");
    private static final StoreEvent NEW = put("routes/3", 9, "new");

    /** Routes 1 and 2, of revisions 4 and 5, in a store that was listed at 7. */
    private final TreeView listed = TreeView.EMPTY.replacedBy(
            new StoreSnapshot("store", 7, List.of(entry("routes/1", 4, "known"), entry("routes/2", 5, "known"))),
            UnaryOperator.identity());

    private final Continuation continuation = Continuation.ofBrokenWatch(listed);

    private static StoredEntry entry(String path, long revision, String value) {
        return new StoredEntry(path, revision, revision, value.getBytes(UTF_8));
    }

    private static StoreEvent put(String path, long revision, String value) {
        return new StoreEvent.Put(entry(path, revision, value));
    }

    private static Continuation.Heard news(StoreEvent... events) {
        return new Continuation.Heard.News(List.of(events));
    }

    private void assertDoubted(String reason, StoreEvent... events) {
        assertThat(continuation.heard(List.of(events))).isEqualTo(new Continuation.Heard.Doubt(reason));
    }

    @Test
    void behindAListThereIsNothingToTellAgain() {
        var fresh = Continuation.ofList(listed);

        assertThat(fresh.start()).isEqualTo(WatchStart.behind("store", 7));
        assertThat(fresh.heard(List.of())).isEqualTo(news());
        assertThat(fresh.heard(List.of(NEW))).isEqualTo(news(NEW));
    }

    @Test
    void aBrokenWatchBeginsWithTheNewestEntryOfAList() {
        assertThat(continuation.start()).isEqualTo(new WatchStart("store", 7, 4));
    }

    @Test
    void aBrokenWatchBeginsWithTheLastChangeThatWasTold() {
        var removed = listed.after(10, List.of(NEW, new StoreEvent.Delete("routes/3", 10)), UnaryOperator.identity());

        var resumed = Continuation.ofBrokenWatch(removed);

        assertThat(resumed.start()).isEqualTo(new WatchStart("store", 10, 9));
    }

    @Test
    void whatIsToldAgainIsNoNews() {
        var heard = continuation.heard(List.of(KNOWN, NEW));

        assertThat(heard).isEqualTo(news(NEW));
    }

    @Test
    void signsOfLifeAreBelievedOnceTheLastChangeWasToldAgain() {
        var before = continuation.heard(List.of());
        var told = continuation.heard(List.of(KNOWN));

        var after = continuation.heard(List.of());

        assertThat(before).isEqualTo(new Continuation.Heard.Waiting());
        assertThat(told).isEqualTo(news());
        assertThat(after).isEqualTo(news());
    }

    @Test
    void signsOfLifeAloneAreDoubtedInTheEnd() {
        var heard = IntStream.range(0, 5)
                .mapToObj(sign -> continuation.heard(List.of()))
                .toList();

        assertThat(heard.subList(0, 4)).containsOnly(new Continuation.Heard.Waiting());
        assertThat(heard.getLast())
                .isEqualTo(new Continuation.Heard.Doubt(
                        "the store does not tell revision 5, the last change that is known"));
    }

    @Test
    void anotherValueIsDoubted() {
        assertDoubted(
                "the store tells routes/2@5 (expected: routes/2@5 as it was, the last change that is known)",
                put("routes/2", 5, "other"));
    }

    @Test
    void aRevisionThatIsLeftOutIsDoubted() {
        assertDoubted(
                "the store tells routes/3@9 (expected: routes/2@5 as it was, the last change that is known)", NEW);
    }

    @Test
    void whatWasRemovedBeforeTheListMayBeToldBehindItsNewestEntry() {
        var gone = new StoreEvent.Delete("routes/9", 6);

        assertThat(continuation.heard(List.of(KNOWN, gone, NEW))).isEqualTo(news(NEW));
    }

    @Test
    void whatCameAndWentBeforeTheListMayBeToldBehindItsNewestEntry() {
        var came = put("routes/9", 6, "short");
        var went = new StoreEvent.Delete("routes/9", 7);

        assertThat(continuation.heard(List.of(KNOWN, came, went, NEW))).isEqualTo(news(NEW));
    }

    @Test
    void aRemovalThatTheListDidNotSeeIsDoubted() {
        assertDoubted(
                "the store tells routes/1@6 (expected: nothing up to revision 7 that is not known)",
                KNOWN,
                new StoreEvent.Delete("routes/1", 6));
    }

    @Test
    void anEntryThatTheListDidNotSeeIsDoubted() {
        assertDoubted(
                "the store tells routes/9@6 (expected: nothing up to revision 7 that is not known)",
                KNOWN,
                put("routes/9", 6, "other"));
    }

    @Test
    void whatTheListDidNotSeeIsDoubtedAlsoLater() {
        var told = continuation.heard(List.of(KNOWN));

        assertThat(told).isEqualTo(news());
        assertDoubted(
                "the store tells routes/9@7 (expected: nothing up to revision 7 that is not known)",
                put("routes/9", 7, "other"));
    }
}
