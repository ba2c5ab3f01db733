package io.suimon.controlplane.stream;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * How far a revision has come; its JSON is what people are shown.
 *
 * @param head the newest revision this process has
 * @param applied nodes connected that run it or a later one
 * @param pending nodes connected that do not yet
 * @param lost nodes whose connection broke before they had it; they may still carry traffic
 * @param rejecting those of {@code applied} that had to leave out something because of it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Propagation(
        long revision,
        long head,
        List<String> applied,
        List<Laggard> pending,
        List<Laggard> lost,
        List<Rejecting> rejecting) {

    /** Rejections listed in all; nodes are named beyond that, too. */
    static final int REJECTIONS = 1000;

    /**
     * A node that does not run it.
     *
     * @param revision what it ran by its own last word
     * @param since when it fell behind that, or was lost; ISO 8601, in UTC
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Laggard(String node, long revision, String since) {}

    /** A node that runs it in part. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Rejecting(String node, List<Node.Rejected> rejections) {

        public Rejecting {
            rejections = List.copyOf(rejections);
        }
    }

    public Propagation {
        applied = List.copyOf(applied);
        pending = List.copyOf(pending);
        lost = List.copyOf(lost);
        rejecting = List.copyOf(rejecting);
    }
}
