package io.suimon.engine.compile;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.FilterChain;
import org.jspecify.annotations.Nullable;

/** One revision as requests meet it. Immutable; taken once per request, read by any thread without locks. */
public final class Runtime {

    /** No configuration yet. */
    public static final Runtime EMPTY = new Runtime();

    private Runtime() {}

    /** The revision it was compiled from; 0 for none. */
    public long revision() {
        throw new UnsupportedOperationException();
    }

    /**
     * Finds the route of a request, and tells the exchange about it ({@link Exchange#matched}).
     *
     * @return null when none matches
     */
    public @Nullable RouteRuntime match(Exchange exchange) {
        throw new UnsupportedOperationException();
    }

    /** Whether matching may have to look into request bodies, which then are read first. */
    public boolean matchesOnBody() {
        throw new UnsupportedOperationException();
    }

    /** The filters that run for every request. */
    public FilterChain globalChain() {
        throw new UnsupportedOperationException();
    }

    /** The filters that run for requests of a route once it is known who calls. */
    public ConsumerChain chainFor(RouteRuntime route, AuthenticatedConsumer consumer) {
        throw new UnsupportedOperationException();
    }

    public ConsumerIndex consumers() {
        throw new UnsupportedOperationException();
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
