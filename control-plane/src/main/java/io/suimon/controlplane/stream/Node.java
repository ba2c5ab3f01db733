package io.suimon.controlplane.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node, as it was when the registry was asked; its JSON is what people are shown. Times are ISO 8601, in UTC.
 *
 * @param address host name and traffic addresses, in the node's words
 * @param revision what it runs; 0 for nothing
 * @param digest of what it runs, in hexadecimal
 * @param connectedSince when its present or last stream began
 * @param goneSince when that ended; null while it is connected
 * @param behindSince since when there is something newer than what it runs; null when there is nothing
 * @param heardAgeSeconds since it last said anything
 * @param ackAgeSeconds since it last said that it runs something new; null when it never did on this stream
 * @param rejectionsTotal resources it could not compile, of which {@code rejections} lists the first
 * @param replaced how often a stream with the same node id pushed this node's older one out: more than a few means that two nodes
 *     share an id
 * @param uptimeSeconds in its own words, like the two after it; 0 before it first said
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Node(
        String id,
        State state,
        Map<String, String> labels,
        String version,
        String address,
        List<String> plugins,
        long revision,
        String digest,
        String connectedSince,
        @Nullable String goneSince,
        @Nullable String behindSince,
        long heardAgeSeconds,
        @Nullable Long ackAgeSeconds,
        int rejectionsTotal,
        List<Rejected> rejections,
        int replaced,
        long uptimeSeconds,
        long openConnections,
        long requestsTotal) {

    /** Whether there is a stream, and how it ended. */
    public enum State {
        /** There is one. */
        @JsonProperty("connected")
        CONNECTED,
        /** The node said goodbye. */
        @JsonProperty("left")
        LEFT,
        /** The stream broke, or the node fell silent: it may still carry traffic. */
        @JsonProperty("lost")
        LOST
    }

    /** A resource that a node could not compile; it runs its last good form. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Rejected(String kind, String id, long revision, String reason) {

        boolean isSameForm(Rejected other) {
            return kind.equals(other.kind) && id.equals(other.id) && revision == other.revision;
        }
    }

    public Node {
        labels = Map.copyOf(labels);
        plugins = List.copyOf(plugins);
        rejections = List.copyOf(rejections);
    }
}
