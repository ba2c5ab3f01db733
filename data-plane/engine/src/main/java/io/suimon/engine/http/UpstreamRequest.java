package io.suimon.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * How the request to the upstream differs from the client's; header edits are made on the request's own {@link Headers}.
 *
 * <p>Not thread-safe: belongs to one exchange at a time, and is reused by the next one.
 */
public final class UpstreamRequest {

    private @Nullable String method;
    private @Nullable String target;
    private @Nullable String query;
    private @Nullable String host;

    /** Forgets everything. */
    public void reset() {
        method = null;
        target = null;
        query = null;
        host = null;
    }

    /** The method sent, or null for the client's. */
    public @Nullable String method() {
        return method;
    }

    public void method(String method) {
        this.method = method;
    }

    /** The path and query sent, encoded, or null for the client's target byte for byte. */
    public @Nullable String target() {
        return target;
    }

    /** Must be free of blanks and control characters: it is sent as it is. */
    public void target(String target) {
        this.target = target;
    }

    /** The query that counts as the client's where a filter has edited it; null where none has. Does not alter the target. */
    public @Nullable String query() {
        return query;
    }

    /** Edits what counts as the client's query; empty for none. Must be free of blanks and control characters. */
    public void query(String query) {
        this.query = query;
    }

    /** The Host sent, or null for what the upstream's {@code pass_host} says. */
    public @Nullable String host() {
        return host;
    }

    public void host(String host) {
        this.host = host;
    }
}
