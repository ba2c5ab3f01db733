package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.WatchStart;
import java.util.HashSet;
import java.util.List;

/**
 * Whether a watch that is resumed goes on in the history that is known. It begins at the last change the view holds, which the store
 * has to tell again as it was: a store that was put back and is ahead again tells something else, though its revision says nothing.
 * Any doubt is settled by a list. Not thread-safe: the mirror's lock guards it.
 */
final class Continuation {

    /** How often a store may say that it is alive before it has told the last change again. */
    private static final int MAX_SIGNS_OF_LIFE = 5;

    /** What a call of the watch means. */
    sealed interface Heard {
        /** The store is what it was; these events are new. */
        record News(List<StoreEvent> events) implements Heard {}

        /** The store is alive, and has not told yet what it has to. */
        record Waiting() implements Heard {}

        /** What is known may not be what the store held. */
        record Doubt(String reason) implements Heard {}
    }

    private final TreeView known;
    private boolean proven;
    private int signsOfLife;

    private Continuation(TreeView known, boolean proven) {
        this.known = known;
        this.proven = proven;
    }

    /** Goes on behind a view that was just listed. */
    static Continuation ofList(TreeView listed) {
        return new Continuation(listed, true);
    }

    /** Goes on behind a view whose watch broke; it knows a last change. */
    static Continuation ofBrokenWatch(TreeView known) {
        return new Continuation(known, false);
    }

    WatchStart start() {
        return proven
                ? WatchStart.behind(known.storeId(), known.revision())
                : new WatchStart(known.storeId(), known.revision(), lastChange() - 1);
    }

    private long lastChange() {
        return known.latest().getFirst().revision();
    }

    /** @param events as the watch tells them, in order; none for a sign of life */
    Heard heard(List<StoreEvent> events) {
        if (events.isEmpty()) {
            return proven ? new Heard.News(events) : waiting();
        }
        int old = 0;
        while (old < events.size() && events.get(old).revision() <= known.revision()) {
            old++;
        }
        var again = events.subList(0, old);
        proven = proven || new HashSet<>(again).containsAll(known.latest());
        if (!proven) {
            return new Heard.Doubt("the store tells " + describe(events) + " (expected: " + describe(known.latest())
                    + " as it was, the last change that is known)");
        }
        if (!agrees(again)) {
            return new Heard.Doubt("the store tells " + describe(again) + " (expected: nothing up to revision "
                    + known.revision() + " that is not known)");
        }
        return new Heard.News(events.subList(old, events.size()));
    }

    private static String describe(List<StoreEvent> events) {
        var last = events.getLast();
        return last.path() + "@" + last.revision();
    }

    private Heard waiting() {
        signsOfLife++;
        return signsOfLife < MAX_SIGNS_OF_LIFE
                ? new Heard.Waiting()
                : new Heard.Doubt(
                        "the store does not tell revision " + lastChange() + ", the last change that is known");
    }

    /** Behind the newest entry of a list, others may have come and gone: only how a path ended up is known. */
    private boolean agrees(List<StoreEvent> again) {
        var seen = new HashSet<String>();
        return again.reversed().stream()
                .filter(event -> event.revision() > lastChange())
                .filter(event -> seen.add(event.path()))
                .allMatch(event -> event instanceof StoreEvent.Delete && known.get(event.path()) == null);
    }
}
