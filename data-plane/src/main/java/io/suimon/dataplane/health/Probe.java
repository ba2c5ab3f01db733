package io.suimon.dataplane.health;

import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.engine.health.HealthEvent;
import io.suimon.engine.resource.HealthCheck;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One probe, from its beginning until its connection is free or closed; it has one deadline for all of that. */
final class Probe extends LoopTimer.Waiting {

    private final ProbeLoop loop;
    private final Prober prober;
    private final ProbedNode node;
    private @Nullable ProbeConnection connection;
    private long deadline;
    private boolean judged;
    private boolean over;

    Probe(ProbeLoop loop, Prober prober, ProbedNode node) {
        this.loop = loop;
        this.prober = prober;
        this.node = node;
    }

    ProbedNode node() {
        return node;
    }

    void start() {
        if (node.isGone()) {
            prober.ended(node);
            return;
        }
        loop.timer().look();
        deadline = loop.timer().deadline(node.plan().timeoutNanos());
        loop.timer().add(this);
        var kept = node.takeIdle();
        if (kept == null) {
            resolve();
        } else {
            connection = kept;
            kept.carry(this);
        }
    }

    private void resolve() {
        var host = node.watched().address().host();
        var literal = NameResolver.literal(host);
        if (literal != null) {
            dial(new InetSocketAddress(literal, port()));
            return;
        }
        loop.names().resolve(host, addresses -> {
            if (over) {
                return;
            }
            if (addresses.isEmpty()) {
                end(); // a name without address is nobody, and so neither healthy nor unhealthy
            } else {
                dial(new InetSocketAddress(node.watched().next(addresses), port()));
            }
        });
    }

    private int port() {
        var own = node.plan().active().port();
        return own == null ? node.watched().address().port() : own;
    }

    private void dial(InetSocketAddress to) {
        var active = node.plan().active();
        node.watched().at(to.getAddress());
        if (active.type() != HealthCheck.Type.HTTPS) {
            dial(to, null);
            return;
        }
        loop.tls().prepare(node.target(), active.verifyCertificate(), ready -> {
            if (over) {
                return;
            }
            if (ready == null) {
                end(); // what it takes to ask is missing here, which says nothing of the node
            } else {
                dial(to, ready);
            }
        });
    }

    private void dial(InetSocketAddress to, ProbeTls.@Nullable Ready tls) {
        var made = new ProbeConnection(loop, this, tls);
        connection = made;
        made.dial(to);
    }

    /** A kept connection turned out dead before it said anything: that says nothing of the node. */
    void startAfresh() {
        resolve();
    }

    /** What the probe says of the node; null where that is nothing. Only the first counts. */
    void judge(@Nullable HealthEvent event) {
        if (!judged) {
            judged = true;
            loop.counts().add(event);
            if (event != null) {
                node.judged(event);
            }
        }
    }

    /** All is over. */
    void end() {
        if (!over) {
            over = true;
            loop.timer().remove(this);
            connection = null;
            node.ended();
        }
    }

    @Override
    protected long tick(long now) {
        if (now - deadline >= 0) {
            judge(HealthEvent.TIMEOUT);
            var slow = connection;
            end();
            if (slow != null) {
                slow.close();
            }
        }
        return deadline;
    }
}
