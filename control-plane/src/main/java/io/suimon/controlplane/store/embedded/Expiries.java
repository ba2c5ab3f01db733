package io.suimon.controlplane.store.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Which keys disappear when. One thread. */
final class Expiries {

    static final long NEVER = 0;

    private record Due(long at, String path) {}

    private final Map<String, Long> times = new HashMap<>();
    // Also holds times that were changed since; they are recognised, and dropped, when they come to the front.
    private final PriorityQueue<Due> order = new PriorityQueue<>(Comparator.comparingLong(Due::at));

    /** @param at milliseconds since the epoch, or {@link #NEVER} */
    void set(String path, long at) {
        if (at == NEVER) {
            times.remove(path);
        } else {
            times.put(path, at);
            order.add(new Due(at, path));
        }
    }

    /** Paths whose time is over; they stay until they are set anew. */
    List<String> due(long now) {
        var paths = new ArrayList<String>();
        for (var first = order.peek(); first != null && first.at() <= now; first = order.peek()) {
            order.remove();
            if (isCurrent(first)) {
                paths.add(first.path());
            }
        }
        paths.forEach(path -> order.add(new Due(times.getOrDefault(path, now), path)));
        return paths;
    }

    /** When the next key disappears, in milliseconds since the epoch; {@link #NEVER} when none does. */
    long next() {
        var first = order.peek();
        while (first != null && !isCurrent(first)) {
            order.remove();
            first = order.peek();
        }
        return first == null ? NEVER : first.at();
    }

    private boolean isCurrent(Due due) {
        var at = times.get(due.path());
        return at != null && at == due.at();
    }
}
