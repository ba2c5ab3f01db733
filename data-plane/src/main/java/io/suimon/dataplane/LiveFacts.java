package io.suimon.dataplane;

import io.suimon.dataplane.proxy.TrafficCounts;
import io.suimon.dataplane.sync.ConfigApplier;
import io.suimon.dataplane.sync.ConfigStreamClient;
import io.suimon.dataplane.sync.CurrentRuntime;
import io.suimon.dataplane.telemetry.NodeFacts;
import java.util.function.Supplier;

/** What metrics ask of a node, from the parts that know. */
record LiveFacts(
        CurrentRuntime current, ConfigApplier applier, ConfigStreamClient client, Supplier<TrafficCounts> counts)
        implements NodeFacts {

    @Override
    public Traffic traffic() {
        var now = counts.get();
        return new Traffic(now.accepted(), now.active(), now.running(), now.requests());
    }

    @Override
    public Configuration configuration() {
        var applied = current.applied();
        return new Configuration(
                client.connectedTo().isPresent(),
                applied.revision(),
                applied.at(),
                applied.rejections().size(),
                applier.newestRevisions());
    }
}
