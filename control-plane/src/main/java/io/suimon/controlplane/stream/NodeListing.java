package io.suimon.controlplane.stream;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * Every node there is and those that were, at one moment.
 *
 * @param connected by id
 * @param gone the last ones to go first
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record NodeListing(List<Node> connected, List<Node> gone) {

    public NodeListing {
        connected = List.copyOf(connected);
        gone = List.copyOf(gone);
    }
}
