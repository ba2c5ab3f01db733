package io.suimon.dataplane.discovery.dns;

import io.suimon.engine.resource.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks for a service: for one kind of record after the other, until there are some. Of the client's event loop. */
final class Lookup {

    private static final int WEIGHT = 1;

    /** Names a server leads to without following them itself. */
    private static final int MAX_DEPTH = 8;

    /** Servers give one service's answers in another order each time, and that is no change. */
    private static final Comparator<Endpoint> ORDER = Comparator.comparingInt(Endpoint::priority)
            .reversed()
            .thenComparing(Endpoint::host)
            .thenComparingInt(Endpoint::port);

    private final DnsClient client;
    private final int port;

    /** @param port of addresses; 0 is that of the upstream's scheme */
    Lookup(DnsClient client, int port) {
        this.client = client;
        this.port = port;
    }

    /** @param kinds without {@link RecordKind#LAST} */
    CompletableFuture<Outcome> look(String name, List<RecordKind> kinds) {
        return look(name, kinds, 0, Outcome.Nothing.INSTANCE);
    }

    /** @param sofar what is to be said where no kind has anything */
    private CompletableFuture<Outcome> look(String name, List<RecordKind> kinds, int depth, Outcome sofar) {
        if (kinds.isEmpty()) {
            return CompletableFuture.completedFuture(sofar);
        }
        var kind = kinds.getFirst();
        var others = kinds.subList(1, kinds.size());
        return client.ask(name, kind.type())
                .thenCompose(reply -> outcome(name, kind, reply, depth))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Found found -> CompletableFuture.completedFuture(found);
                    case Outcome.Nothing nothing -> look(name, others, depth, sofar);
                    case Outcome.Failed failed ->
                        failed.silent() ? CompletableFuture.completedFuture(failed) : look(name, others, depth, failed);
                });
    }

    private CompletableFuture<Outcome> outcome(String name, RecordKind kind, Reply reply, int depth) {
        return switch (reply) {
            case Reply.Failed(var reason, var silent) ->
                CompletableFuture.completedFuture(new Outcome.Failed(reason, silent));
            case Reply.Said said -> outcome(name, kind, said, depth);
        };
    }

    private CompletableFuture<Outcome> outcome(String name, RecordKind kind, Reply.Said said, int depth) {
        var chain = Chain.from(name, said.answers());
        var outcome = switch (kind) {
            case SRV -> new Places(client, chain, said).resolve();
            case A, AAAA -> CompletableFuture.completedFuture(addresses(kind, chain, said));
            case CNAME, LAST -> CompletableFuture.<Outcome>completedFuture(Outcome.Nothing.INSTANCE);
        };
        return outcome.thenCompose(
                here -> here instanceof Outcome.Nothing && !chain.name().equals(name)
                        ? follow(chain, kind, depth)
                        : CompletableFuture.completedFuture(here));
    }

    /** An alias of a name that the server says no more of. */
    private CompletableFuture<Outcome> follow(Chain chain, RecordKind kind, int depth) {
        if (depth == MAX_DEPTH) {
            return CompletableFuture.completedFuture(
                    new Outcome.Failed("too many aliases, up to " + chain.name(), false));
        }
        var kinds = kind == RecordKind.CNAME ? List.of(RecordKind.SRV, RecordKind.A, RecordKind.AAAA) : List.of(kind);
        return look(chain.name(), kinds, depth + 1, Outcome.Nothing.INSTANCE)
                .thenApply(outcome -> outcome instanceof Outcome.Found(var endpoints, var found, var ttl)
                        ? new Outcome.Found(
                                endpoints, kind == RecordKind.CNAME ? kind : found, Math.min(ttl, chain.ttl()))
                        : outcome);
    }

    private Outcome addresses(RecordKind kind, Chain chain, Reply.Said said) {
        var endpoints = new ArrayList<Endpoint>();
        long ttl = chain.ttl();
        for (var entry : said.answers()) {
            if (entry instanceof Entry.Address(var name, var good, var address) && name.equals(chain.name())) {
                endpoints.add(new Endpoint(address.getHostAddress(), port, WEIGHT, 0));
                ttl = Math.min(ttl, good);
            }
        }
        return endpoints.isEmpty() ? Outcome.Nothing.INSTANCE : new Outcome.Found(sorted(endpoints), kind, ttl);
    }

    static List<Endpoint> sorted(List<Endpoint> endpoints) {
        return endpoints.stream().distinct().sorted(ORDER).toList();
    }
}
