package io.suimon.dataplane.discovery.dns;

import io.netty.handler.codec.dns.DnsRecordType;
import io.suimon.engine.resource.Endpoint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The places that SRV records name, each with the addresses of its target: those the answer brought along, or asked for one target
 * after the other. Used once, on the client's event loop.
 */
final class Places {

    /** More targets than this are not looked up. */
    private static final int MAX_TARGETS = 256;

    private static final List<DnsRecordType> FAMILIES = List.of(DnsRecordType.A, DnsRecordType.AAAA);

    private final DnsClient client;
    private final List<Entry.Place> places = new ArrayList<>();
    private final Map<String, Set<InetAddress>> addresses = new LinkedHashMap<>();
    private long ttl;

    Places(DnsClient client, Chain chain, Reply.Said said) {
        this.client = client;
        this.ttl = chain.ttl();
        for (var entry : said.answers()) {
            if (entry instanceof Entry.Place place && place.name().equals(chain.name())) {
                add(place);
            }
        }
        said.additional().forEach(this::addAddress);
        said.answers().forEach(this::addAddress);
    }

    private void add(Entry.Place place) {
        ttl = Math.min(ttl, place.ttl());
        boolean isNowhere = place.target().equals("."); // that there is decidedly no such service
        if (!isNowhere && (addresses.containsKey(place.target()) || addresses.size() < MAX_TARGETS)) {
            places.add(place);
            addresses.putIfAbsent(place.target(), new LinkedHashSet<>());
        }
    }

    private void addAddress(Entry entry) {
        if (entry instanceof Entry.Address address && addresses.containsKey(address.name())) {
            addresses.get(address.name()).add(address.address());
            ttl = Math.min(ttl, address.ttl());
        }
    }

    /** One target that nobody says anything about makes the whole unknown: to leave it out would be to believe it gone. */
    CompletableFuture<Outcome> resolve() {
        var missing = addresses.entrySet().stream()
                .filter(target -> target.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return resolve(missing, 0);
    }

    private CompletableFuture<Outcome> resolve(List<String> missing, int at) {
        if (at == missing.size()) {
            return CompletableFuture.completedFuture(outcome());
        }
        return resolve(missing.get(at), FAMILIES)
                .thenCompose(outcome -> outcome instanceof Outcome.Failed
                        ? CompletableFuture.completedFuture(outcome)
                        : resolve(missing, at + 1));
    }

    /** IPv4 where there is any, else IPv6. */
    private CompletableFuture<Outcome> resolve(String target, List<DnsRecordType> families) {
        if (families.isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.Nothing.INSTANCE);
        }
        return client.ask(target, families.getFirst()).thenCompose(reply -> switch (reply) {
            case Reply.Failed(var reason, var unused) ->
                CompletableFuture.completedFuture(
                        new Outcome.Failed("target " + target + ": " + reason, true)); // there are SRV records
            case Reply.Said said ->
                take(target, said)
                        ? CompletableFuture.completedFuture(Outcome.Nothing.INSTANCE)
                        : resolve(target, families.subList(1, families.size()));
        });
    }

    private boolean take(String target, Reply.Said said) {
        var chain = Chain.from(target, said.answers());
        boolean any = false;
        for (var entry : said.answers()) {
            if (entry instanceof Entry.Address(var name, var good, var address) && name.equals(chain.name())) {
                addresses.getOrDefault(target, Set.of()).add(address);
                ttl = Math.min(ttl, Math.min(good, chain.ttl()));
                any = true;
            }
        }
        return any;
    }

    private Outcome outcome() {
        var endpoints = new ArrayList<Endpoint>();
        for (var place : places) {
            for (var address : addresses.getOrDefault(place.target(), Set.of())) {
                endpoints.add(new Endpoint(address.getHostAddress(), place.port(), place.weight(), -place.priority()));
            }
        }
        return endpoints.isEmpty()
                ? Outcome.Nothing.INSTANCE
                : new Outcome.Found(Lookup.sorted(endpoints), RecordKind.SRV, ttl);
    }
}
