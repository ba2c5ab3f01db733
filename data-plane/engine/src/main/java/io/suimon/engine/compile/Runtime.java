package io.suimon.engine.compile;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.routing.RouteTable;
import io.suimon.engine.routing.RouterMode;
import io.suimon.engine.tls.ClientIdentity;
import io.suimon.engine.tls.ServerCertificate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One revision as requests meet it. Immutable; taken once per request, read by any thread without locks. */
public final class Runtime {

    /** No configuration yet. */
    public static final Runtime EMPTY = new Runtime(
            0,
            Configuration.EMPTY,
            RouteTable.empty(RouterMode.RADIXTREE_HOST_URI),
            GlobalRules.NONE,
            ConsumerIndex.EMPTY,
            Certificates.NONE);

    private final long revision;
    private final Configuration configuration;
    private final RouteTable<RouteRuntime> routes;
    private final GlobalRules globalRules;
    private final ConsumerIndex consumers;
    private final Certificates certificates;
    private final ConsumerChains consumerChains;

    Runtime(
            long revision,
            Configuration configuration,
            RouteTable<RouteRuntime> routes,
            GlobalRules globalRules,
            ConsumerIndex consumers,
            Certificates certificates) {
        this.revision = revision;
        this.configuration = configuration;
        this.routes = routes;
        this.globalRules = globalRules;
        this.consumers = consumers;
        this.certificates = certificates;
        this.consumerChains = new ConsumerChains(configuration);
    }

    /** The revision it was compiled from; 0 for none. */
    public long revision() {
        return revision;
    }

    /**
     * Finds the route of a request, and tells the exchange about it ({@link Exchange#matched}).
     *
     * @return null when none matches
     */
    public @Nullable RouteRuntime match(Exchange exchange) {
        var match = routes.match(exchange);
        if (match == null) {
            return null;
        }
        var route = match.payload();
        exchange.matched(route.facts(), match.uriPattern(), match.hostPattern());
        exchange.pathCapture(match.capture());
        return route;
    }

    /** Whether matching may have to look into request bodies, which then are read first. */
    public boolean matchesOnBody() {
        return routes.readsBody();
    }

    /** The filters that run for every request; all of them, as for a request without a route. */
    public FilterChain globalChain() {
        return globalRules.chain();
    }

    /**
     * The filters of the global rules that run beside a route's chain, or beside a {@link ConsumerChain}'s once that replaced it:
     * not those that stand back for one of the same plugin.
     */
    public FilterChain globalChain(FilterChain beside) {
        return globalRules.beside(beside);
    }

    /** The filters that run for requests of a route once it is known who calls. */
    public ConsumerChain chainFor(RouteRuntime route, AuthenticatedConsumer consumer) {
        return consumerChains.of(route.chain(), consumer.username(), consumer.groupId());
    }

    public ConsumerIndex consumers() {
        return consumers;
    }

    /** The certificate for a server name in lower case; null when there is none. */
    public @Nullable ServerCertificate certificate(String serverName) {
        return certificates.index().find(serverName);
    }

    /** Whether a request may be answered on the connection it came on: what certificates ask of clients is kept. */
    public boolean admits(Exchange exchange) {
        var session = exchange.connection().session();
        if (session == null) {
            return true;
        }
        var request = exchange.request();
        return certificates
                .index()
                .admits(session, request.host(), request.path().text());
    }

    /** Where requests go by a route, service or upstream as it is now; null where it names no endpoints or is not there. */
    public @Nullable UpstreamTarget target(ResourceKey key) {
        var live = configuration.live(key);
        return live == null ? null : live.target();
    }

    /** Whether there is such a resource, and it runs. */
    public boolean contains(ResourceKey key) {
        return configuration.live(key) != null;
    }

    /** Calls with every {@link #target} there is, in no particular order. */
    public void forEachTarget(Consumer<UpstreamTarget> action) {
        configuration.resources().forEach((key, held) -> {
            var target = held.live() == null ? null : held.live().target();
            if (target != null) {
                action.accept(target);
            }
        });
    }

    /** What an upstream is shown in a TLS handshake; null where that is nothing. */
    public @Nullable ClientIdentity identity(UpstreamTarget target) {
        return new RouteMerger(configuration::live).identity(target.upstream().tls());
    }

    Certificates certificates() {
        return certificates;
    }

    Configuration configuration() {
        return configuration;
    }

    RouteTable<RouteRuntime> routes() {
        return routes;
    }

    GlobalRules globalRules() {
        return globalRules;
    }

    /**
     * A route's filters as merged for one consumer.
     *
     * @param chain replaces the route's chain from the access phase on
     * @param added those of them that only the consumer or its group brings: their rewrite phase runs first
     * @param groupMissing the consumer's group does not exist: answer 503
     */
    public record ConsumerChain(FilterChain chain, FilterChain added, boolean groupMissing) {}
}
