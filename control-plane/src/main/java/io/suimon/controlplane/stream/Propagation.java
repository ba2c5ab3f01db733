package io.suimon.controlplane.stream;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * How far a revision has come, among the nodes connected now.
 *
 * @param applied nodes that run it or a later one
 * @param pending nodes that do not yet
 * @param rejecting those of {@code applied} that could not compile some resource
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Propagation(long revision, List<String> applied, List<String> pending, List<String> rejecting) {

    public Propagation {
        applied = List.copyOf(applied);
        pending = List.copyOf(pending);
        rejecting = List.copyOf(rejecting);
    }

    /** Nodes connected. */
    public int nodes() {
        return applied.size() + pending.size();
    }
}
