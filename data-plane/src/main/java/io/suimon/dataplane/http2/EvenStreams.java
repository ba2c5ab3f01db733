package io.suimon.dataplane.http2;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/**
 * Builds the codec of a connection whose streams take turns, each a frame's worth at a time. Priorities are not looked at: RFC 9113
 * (5.3) has none, and the tree that would keep them costs every stream something.
 */
public final class EvenStreams extends Http2FrameCodecBuilder {

    /** Of a stream at its turn, as far as the connection has room: a frame as large as any peer takes. */
    private static final int TURN = 16 * 1024;

    private EvenStreams(boolean server) {
        var connection = new DefaultHttp2Connection(server);
        var turns = new UniformStreamByteDistributor(connection);
        turns.minAllocationChunk(TURN);
        connection.remote().flowController(new DefaultHttp2RemoteFlowController(connection, turns));
        connection(connection);
    }

    /** Of a connection that a client began. */
    public static Http2FrameCodecBuilder ofServer() {
        return new EvenStreams(true);
    }

    /** Of a connection to an origin. */
    public static Http2FrameCodecBuilder ofClient() {
        return new EvenStreams(false);
    }
}
