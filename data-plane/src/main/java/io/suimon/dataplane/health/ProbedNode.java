package io.suimon.dataplane.health;

import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.health.HealthEvent;
import io.suimon.engine.health.HealthState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One node as it is probed: when, with what, and on which connection. */
final class ProbedNode extends ProbeSchedule.Entry {

    /** A connection is not kept for longer than this until the next probe. */
    private static final int KEPT_SECONDS = 10;

    private final Watched watched;
    private final ProbePlan plan;
    private final ProbeLane lane;
    private final Prober prober;
    private final Consumer<Watched> changed;
    private UpstreamTarget target;
    private byte[] request = {};
    private String serverName = "";
    private int waited = Integer.MAX_VALUE - 1; // the first turn is due
    private boolean busy;
    private boolean overdue;
    private boolean gone;
    private boolean connected;
    private @Nullable ProbeConnection idle;

    /** @param changed told when the node is used now and was not before, or the other way round */
    ProbedNode(
            Watched watched,
            ProbePlan plan,
            ProbeLane lane,
            Prober prober,
            UpstreamTarget target,
            Consumer<Watched> changed) {
        this.watched = watched;
        this.plan = plan;
        this.lane = lane;
        this.prober = prober;
        this.target = target;
        this.changed = changed;
    }

    /** What is said from now on. */
    void says(UpstreamTarget of, byte[] bytes, String name) {
        target = of;
        request = bytes;
        if (!serverName.equals(name)) {
            serverName = name;
            closeIdle();
        }
    }

    Watched watched() {
        return watched;
    }

    ProbePlan plan() {
        return plan;
    }

    ProbeLane lane() {
        return lane;
    }

    UpstreamTarget target() {
        return target;
    }

    byte[] request() {
        return request;
    }

    /** Whom it is asked for in a TLS handshake. */
    String serverName() {
        return serverName;
    }

    @Override
    void turn() {
        int interval = interval();
        waited = Math.min(waited + 1, Integer.MAX_VALUE - 1);
        if (interval == 0 || waited < interval) {
            return;
        }
        waited = 0;
        if (busy) {
            overdue = true;
        } else {
            busy = true;
            prober.enqueue(this);
        }
    }

    private int interval() {
        boolean usable = watched.health().now().state().usable();
        return usable ? plan.healthySeconds() : plan.unhealthySeconds();
    }

    /** A probe came to a verdict. */
    void judged(HealthEvent event) {
        if (!gone && watched.health().report(event, plan.rules())) {
            changed.accept(watched);
        }
    }

    /** A probe is over, and so is what it needed. */
    void ended() {
        busy = false;
        boolean again = overdue && !gone;
        overdue = false;
        if (again) {
            busy = true;
        }
        prober.ended(this);
        if (again) {
            prober.enqueue(this);
        }
    }

    /** Whether no connection was made before; asked once for each. */
    boolean isFirstConnection() {
        boolean first = !connected;
        connected = true;
        return first;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether the next probe comes soon enough for a connection to be kept for it, and nothing speaks against the node. */
    boolean keepsConnections() {
        int interval = interval();
        return !gone && interval > 0 && interval <= KEPT_SECONDS && !isDoubted();
    }

    private boolean isDoubted() {
        return watched.health().now().state() != HealthState.HEALTHY;
    }

    void keep(ProbeConnection connection) {
        idle = connection;
    }

    void forget(ProbeConnection connection) {
        if (connection.equals(idle)) {
            idle = null;
        }
    }

    /**
     * The connection the last probe left, which then is the taker's; or null. There is none to a node that a request failed at
     * meanwhile: whether it takes connections is what is to be found out.
     */
    @Nullable
    ProbeConnection takeIdle() {
        if (isDoubted()) {
            closeIdle();
        }
        var taken = idle;
        idle = null;
        return taken;
    }

    /** It is not probed any more; a probe that runs says nothing. */
    void leave() {
        gone = true;
        closeIdle();
    }

    private void closeIdle() {
        var kept = idle;
        if (kept != null) {
            kept.close();
        }
    }
}
