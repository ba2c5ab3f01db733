package io.suimon.dataplane.telemetry;

import io.suimon.engine.http.ResponseHead;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one series. Each event loop fills one in to look for its counters without allocating; those kept in maps are copies
 * and never change.
 */
final class SeriesKey {

    private static final String OTHER = "other";

    int code;
    ResponseHead.@Nullable Source source;
    String route = "";
    String matchedUri = "";
    String matchedHost = "";
    String service = "";
    String consumer = "";
    String requestType = "";

    @Nullable
    InetAddress node;

    SeriesKey copy() {
        var copy = new SeriesKey();
        copy.code = code;
        copy.source = source;
        copy.route = route;
        copy.matchedUri = matchedUri;
        copy.matchedHost = matchedHost;
        copy.service = service;
        copy.consumer = consumer;
        copy.requestType = requestType;
        copy.node = node;
        return copy;
    }

    /** The series that takes what there is no room for. */
    SeriesKey other() {
        var other = new SeriesKey();
        other.code = code;
        other.source = source;
        other.requestType = requestType;
        other.route = OTHER;
        return other;
    }

    String nodeText() {
        return node == null ? "" : node.getHostAddress();
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof SeriesKey that
                && code == that.code
                && source == that.source
                && route.equals(that.route)
                && matchedUri.equals(that.matchedUri)
                && matchedHost.equals(that.matchedHost)
                && service.equals(that.service)
                && consumer.equals(that.consumer)
                && requestType.equals(that.requestType)
                && Objects.equals(node, that.node);
    }

    @Override
    public int hashCode() {
        int hash = route.hashCode() * 31 + code;
        hash = hash * 31 + matchedUri.hashCode();
        hash = hash * 31 + matchedHost.hashCode();
        hash = hash * 31 + service.hashCode();
        hash = hash * 31 + consumer.hashCode();
        return node == null ? hash : hash * 31 + node.hashCode();
    }
}
