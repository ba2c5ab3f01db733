package io.suimon.engine.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong, or, when only yes or no is asked, remembers that something is. One look at one value; one thread. */
final class Findings {

    /** So many are told of; whoever has more to repair is not helped by more. */
    static final int LIMIT = 100;

    private final int limit;
    private final List<JsonSchema.Finding> list = new ArrayList<>(0);
    private int count;

    private Findings(int limit) {
        this.limit = limit;
    }

    /** Keeps texts. */
    static Findings collecting() {
        return new Findings(LIMIT);
    }

    /** Keeps none, and is {@link #done} at the first. */
    static Findings counting() {
        return new Findings(0);
    }

    void add(Place place, Supplier<String> message) {
        count++;
        if (list.size() < limit) {
            list.add(new JsonSchema.Finding(place.pointer(), place.prefix() + message.get()));
        }
    }

    /** Whether looking on would change nothing. */
    boolean done() {
        return count > 0 && count >= limit;
    }

    boolean none() {
        return count == 0;
    }

    List<JsonSchema.Finding> list() {
        return List.copyOf(list);
    }
}
