package io.suimon.engine.balance;

import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Balancing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of an upstream with what is worked out once for the balancers of all event loops: the rings of consistent hashing.
 * Thread-safe.
 */
public final class Candidates {

    private final Balancing balancing;
    private final List<Endpoint> endpoints;
    private volatile @Nullable Map<Integer, HashRing> rings;

    public Candidates(Balancing balancing, List<Endpoint> endpoints) {
        this.balancing = balancing;
        this.endpoints = List.copyOf(endpoints);
    }

    Balancing balancing() {
        return balancing;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Whether it is worked out: somebody is using it. */
    public boolean isPrepared() {
        return rings != null;
    }

    /**
     * Works it out where that was done for those that these take the place of: a ring of a thousand endpoints takes milliseconds, which
     * no event loop has. What nobody uses yet is left to who does first, so that it costs nothing.
     */
    public void prepareAs(Candidates before) {
        if (endpoints.equals(before.endpoints)) {
            rings = before.rings;
        } else if (before.isPrepared() && balancing.type().equals("chash") && endpoints.size() > 1) {
            var unused = rings();
        }
    }

    /** The ring of a group, the endpoints at these places. */
    HashRing ring(int[] group) {
        return Objects.requireNonNull(rings().get(endpoints.get(group[0]).priority()));
    }

    private Map<Integer, HashRing> rings() {
        var made = rings;
        return made == null ? makeRings() : made;
    }

    private synchronized Map<Integer, HashRing> makeRings() {
        var made = rings;
        if (made != null) {
            return made;
        }
        var making = new HashMap<Integer, HashRing>();
        PriorityGroups.places(endpoints)
                .forEach((priority, places) -> making.put(priority, new HashRing(places, endpoints)));
        rings = making;
        return making;
    }
}
