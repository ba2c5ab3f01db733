package io.suimon.controlplane.admission;

import io.suimon.controlplane.store.Guard;
import java.util.List;

/** What a review of a change came to. */
public sealed interface Verdict {

    /**
     * The change may be committed.
     *
     * @param guards what it relies on: resources it refers to, as they were when it was reviewed
     */
    record Admitted(List<Guard> guards) implements Verdict {
        public Admitted {
            guards = List.copyOf(guards);
        }
    }

    /**
     * It may not.
     *
     * @param status of the HTTP answer: 400, or 404 where what it belongs to does not exist
     * @param message what is wrong, in the words APISIX's clients know
     */
    record Refused(int status, String message) implements Verdict {

        static Refused because(String message) {
            return new Refused(400, message);
        }
    }
}
