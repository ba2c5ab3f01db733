package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.http.Followers;
import io.suimon.dataplane.discovery.http.HttpAnswer;
import io.suimon.dataplane.discovery.http.RegistryClient;
import io.suimon.dataplane.discovery.http.RegistryClient.Question;
import io.suimon.dataplane.discovery.http.RegistryHost;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.dataplane.discovery.http.ServerTurn;
import io.suimon.engine.resource.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service in Consul: what it has now, and from then on what it has when that changed. Of one thread.
 *
 * <p>An index belongs to the server that gave it: it is forgotten when that server failed, or when its index went backwards.
 */
final class BlockingQuery implements Followers.Question {

    /** Consul takes so many connections of one client by default, and closes those beyond: a node takes half of them. */
    static final int MAX_WAITING = 100;

    /** Where more services than that are followed, they share: each is asked for about this often. */
    private static final Duration SHARED_ROUND = Duration.ofSeconds(10);

    /** Services that change all the time are asked for no more often. */
    private static final Duration SHORTEST_ROUND = Duration.ofSeconds(1);

    /** Consul waits longer than it is asked to by up to this part, so that not all clients come back at once. */
    private static final int SERVER_JITTER = 16;

    private final Registry registry;
    private final ServerTurn turn;
    private final String path;
    private final Reading reading;
    private @Nullable RegistryServer indexed;
    private long index;

    /** What all services of a registry share. */
    record Registry(ConsulSettings settings, RegistryClient client, Followers followers, RegistryHost host) {}

    /** Reads what an answer says. */
    interface Reading {

        /**
         * What a service has.
         *
         * @throws IOException when the answer cannot be understood
         */
        List<Endpoint> of(HttpAnswer answer) throws IOException;
    }

    /** @param path with a query, to which parameters can be added */
    BlockingQuery(Registry registry, List<RegistryServer> servers, String path, Reading reading) {
        this.registry = registry;
        this.turn = new ServerTurn(servers, registry.host().random().nextInt(servers.size()));
        this.path = path;
        this.reading = reading;
    }

    @Override
    public Followers.Answer ask() throws IOException, InterruptedException {
        long began = registry.host().nanoTime().getAsLong();
        var endpoints = turn.ask(this::askOf);
        return new Followers.Answer(registry.settings().shown(endpoints), pause(began));
    }

    private Duration pause(long began) {
        if (index == 0) {
            return registry.settings().fetchInterval();
        }
        var pause = SHORTEST_ROUND.minusNanos(registry.host().nanoTime().getAsLong() - began);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    private List<Endpoint> askOf(RegistryServer server) throws IOException, InterruptedException {
        long known = server.equals(indexed) ? index : 0;
        forget();
        var settings = registry.settings();
        var waiting = known == 0 ? Duration.ZERO : waiting();
        var blocking = known == 0 ? "" : "&index=%d&wait=%dms".formatted(known, waiting.toMillis());
        var answer = registry.client()
                .ask(
                        server,
                        Question.get(path + blocking, settings.headers()),
                        settings.times().read().plus(waiting).plus(waiting.dividedBy(SERVER_JITTER)));
        var endpoints = reading.of(answer);
        if (settings.keepalive()) {
            long next = index(answer);
            indexed = server;
            index = next < known ? 0 : next;
        }
        return endpoints;
    }

    private void forget() {
        indexed = null;
        index = 0;
    }

    /** So long that all get their turn, and not all at the same time. */
    private Duration waiting() {
        var longest = registry.settings().times().waiting();
        int followed = registry.followers().size();
        if (followed > MAX_WAITING) {
            var share = SHARED_ROUND.multipliedBy(MAX_WAITING).dividedBy(followed);
            longest = share.compareTo(longest) < 0 ? share : longest;
        }
        long millis = Math.max(1, longest.toMillis());
        return Duration.ofMillis(millis - registry.host().random().nextLong(millis / SERVER_JITTER + 1));
    }

    /** The index of an answer; 0 where it has none that can be used, and is asked without. */
    private static long index(HttpAnswer answer) {
        var text = answer.header("X-Consul-Index").orElse("");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
