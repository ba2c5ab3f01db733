package io.suimon.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * The head of a response on its way to the client.
 *
 * <p>Before there is one (while the request is being handled) {@link #headers()} already takes fields to be added; they go
 * behind those the upstream sends.
 *
 * <p>Not thread-safe: belongs to one exchange at a time, and is reused by the next one.
 */
public final class ResponseHead {

    /** Who made the response. */
    public enum Source {
        /** This gateway, on purpose: no route, a plugin. */
        GATEWAY,
        /** This gateway, because the upstream gave no answer. */
        PROXY_ERROR,
        UPSTREAM
    }

    private final Headers headers = new Headers();
    private int status;
    private @Nullable String reason;
    private Source source = Source.GATEWAY;
    private @Nullable BodyTransform transform;

    /** Forgets everything. */
    public void reset() {
        headers.reset();
        status = 0;
        reason = null;
        source = Source.GATEWAY;
        transform = null;
    }

    public Headers headers() {
        return headers;
    }

    /** 0 while there is none. */
    public int status() {
        return status;
    }

    /** Changes the status; the reason phrase becomes that of the new one. */
    public void status(int status) {
        this.status = status;
        this.reason = null;
    }

    /** The reason phrase the upstream sent, or null for the usual one of the status. */
    public @Nullable String reason() {
        return reason;
    }

    public void reason(@Nullable String reason) {
        this.reason = reason;
    }

    public Source source() {
        return source;
    }

    public void source(Source source) {
        this.source = source;
    }

    /** What the body goes through, or null. */
    public @Nullable BodyTransform transform() {
        return transform;
    }

    /**
     * Sends the body through this, behind what it already goes through. The length is then unknown: Content-Length goes, and the
     * body is sent in chunks.
     */
    public void transform(BodyTransform next) {
        var before = transform;
        transform = before == null ? next : before.then(next);
    }
}
