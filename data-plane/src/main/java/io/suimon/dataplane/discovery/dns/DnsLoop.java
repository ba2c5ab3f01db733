package io.suimon.dataplane.discovery.dns;

import io.netty.channel.EventLoop;
import java.util.List;

/** What all names that are followed share. */
record DnsLoop(EventLoop loop, DnsClient client, LookupGate gate, DnsTimes times, List<RecordKind> order) {

    DnsLoop {
        order = List.copyOf(order);
    }
}
