package io.suimon.chaos;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How etcd looked to one control plane at one moment, as it says itself: what it sees is what it acts on.
 *
 * @param at when it was asked, as {@link System#nanoTime} says
 * @param controlPlane counted from 0
 * @param members in the order of its settings
 */
record Sight(long at, int controlPlane, State store, List<State> members) {

    private static final Pattern UP = Pattern.compile("\"up\":(true|false)");

    /** What a control plane says of etcd, or of a member. */
    enum State {
        REACHED,
        NOT_REACHED,
        /** It did not answer. */
        UNKNOWN
    }

    Sight {
        members = List.copyOf(members);
    }

    /**
     * What an answer to {@code GET /suimon/v1/store} says.
     *
     * @param members how many there are
     */
    static Sight of(long at, int controlPlane, int members, AdminAnswer answer) {
        if (!answer.good()) {
            return new Sight(at, controlPlane, State.UNKNOWN, Collections.nCopies(members, State.UNKNOWN));
        }
        return new Sight(
                at,
                controlPlane,
                state(answer.body().contains("\"reachable\":true")),
                UP.matcher(answer.body())
                        .results()
                        .map(up -> state(up.group(1).equals("true")))
                        .toList());
    }

    private static State state(boolean reached) {
        return reached ? State.REACHED : State.NOT_REACHED;
    }

    /** How many members it leaves out. */
    int leftOut() {
        return Collections.frequency(members, State.NOT_REACHED);
    }
}
