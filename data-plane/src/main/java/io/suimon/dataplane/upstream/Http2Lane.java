package io.suimon.dataplane.upstream;

import io.suimon.engine.resource.Timeouts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The connections of HTTP/2 to one place, and the exchanges that wait for one. Touched on their event loop only. */
final class Http2Lane {

    private record Waiting(OriginExchange exchange, Timeouts timeouts, long deadline) {}

    private final Http2Pool pool;
    private final Http2Pool.Place place;
    private final List<Http2Origin> connections = new ArrayList<>();
    private final Deque<Http2Origin> roomy = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int connecting;
    private int streamsEach;

    Http2Lane(Http2Pool pool, Http2Pool.Place place) {
        this.pool = pool;
        this.place = place;
        this.streamsEach = pool.loop().limits().http2().streams();
    }

    Http2Pool.Place place() {
        return place;
    }

    boolean isEmpty() {
        return connections.isEmpty() && waiting.isEmpty();
    }

    /** How many exchanges wait that no connection which is being made will have room for. */
    int waitingForOthers() {
        return (int) Math.max(0, waiting.size() - (long) connecting * streamsEach);
    }

    void acquire(OriginExchange exchange, Timeouts timeouts) {
        var free = waiting.isEmpty() ? free() : null;
        if (free != null) {
            carry(free, exchange, timeouts);
            return;
        }
        boolean coming = waiting.size() < (long) connecting * streamsEach;
        if (!coming && !pool.hasRoom() && !pool.mayWait()) {
            exchange.failed(Failure.OVERLOAD);
            return;
        }
        long deadline = pool.loop().timer().deadline(timeouts.connect().toNanos());
        waiting.add(new Waiting(exchange, timeouts, deadline));
        connectForWaiting();
    }

    private void carry(Http2Origin free, OriginExchange exchange, Timeouts timeouts) {
        free.carry(exchange, timeouts);
        if (free.hasRoom()) {
            list(free);
        }
    }

    /** The one used last that has room. It is on the list no more. */
    private @Nullable Http2Origin free() {
        var found = unlist();
        while (found != null && !found.hasRoom()) {
            found = unlist();
        }
        return found;
    }

    private @Nullable Http2Origin unlist() {
        var first = roomy.poll();
        if (first != null) {
            first.listed = false;
        }
        return first;
    }

    private void list(Http2Origin connection) {
        if (!connection.listed) {
            connection.listed = true;
            roomy.push(connection);
        }
    }

    private void connectForWaiting() {
        while (waitingForOthers() > 0 && pool.makeRoom()) {
            var made = new Http2Origin(pool, this);
            connections.add(made);
            connecting++;
            pool.opening();
            made.connect(waiting.getFirst().timeouts());
        }
    }

    /** A connection was made, and takes so many streams. */
    void opened(Http2Origin connection, int streams) {
        connecting--;
        allows(connection, streams);
    }

    /** The endpoint says how many streams a connection may have. */
    void allows(Http2Origin connection, int streams) {
        streamsEach = Math.max(1, streams);
        freed(connection);
    }

    /** A connection may have room again. */
    void freed(Http2Origin connection) {
        if (connection.hasRoom()) {
            list(connection);
        }
        serve();
    }

    /** Gives those that wait what there is. */
    void serve() {
        while (!waiting.isEmpty()) {
            var free = free();
            if (free == null) {
                connectForWaiting();
                return;
            }
            var first = waiting.remove();
            carry(free, first.exchange(), first.timeouts());
        }
    }

    /** A connection could not be made: whoever waited for it is told. */
    void failed(Failure failure) {
        int riders = streamsEach;
        long now = pool.loop().timer().now();
        connecting--;
        var told = new ArrayList<Waiting>();
        for (var all = waiting.iterator(); all.hasNext() && told.size() < riders; ) {
            var one = all.next();
            if (failure != Failure.CONNECT_TIMEOUT || now >= one.deadline()) {
                all.remove();
                told.add(one);
            }
        }
        told.forEach(one -> one.exchange().failed(failure));
    }

    void closed(Http2Origin connection) {
        connections.remove(connection);
        roomy.remove(connection);
        pool.closed(connection);
    }

    @SuppressWarnings("ReferenceEquality") // exchanges are who they are
    void forget(OriginExchange exchange) {
        waiting.removeIf(one -> one.exchange() == exchange);
    }

    void expire(long now) {
        take(one -> now >= one.deadline()).forEach(one -> one.exchange().failed(Failure.CONNECT_TIMEOUT));
    }

    private List<Waiting> take(Predicate<Waiting> which) {
        var taken = waiting.stream().filter(which).toList();
        waiting.removeAll(taken);
        return taken;
    }

    /** Its connections are not used again. */
    void retire() {
        List.copyOf(connections).forEach(Http2Origin::retire);
    }
}
