package io.suimon.controlplane.store.etcd;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** Knows whether a call left this process: gRPC's status alone does not tell. Thread-safe. */
final class SentTracer extends ClientStreamTracer.Factory {

    private volatile boolean sent;

    boolean sent() {
        return sent;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata sentHeaders) {
                // The stream lies on a connection that stands; from here on bytes may be on their way.
                sent = true;
            }
        };
    }
}
