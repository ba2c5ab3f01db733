package io.suimon.dataplane.upstream;

import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Settings;
import io.suimon.dataplane.http2.EvenStreams;

/** How frames are read from origins and written to them: what an origin may ask for is bounded here. */
final class Http2OriginCodec {

    private Http2OriginCodec() {}

    static Http2FrameCodec of(OriginLoop loop) {
        var limits = loop.limits().http2();
        var settings = new Http2Settings()
                .pushEnabled(false)
                .initialWindowSize(limits.window())
                .maxHeaderListSize(loop.http().headBytes());
        return EvenStreams.ofClient()
                .initialSettings(settings)
                .validateHeaders(true)
                .gracefulShutdownTimeoutMillis(0)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(limits.emptyFrames())
                .decoderEnforceMaxSmallContinuationFrames(limits.smallContinuations())
                .build();
    }

    /** The window of the connection begins as the protocol says, and is told to be wider; once the preface was sent. */
    static void widen(Http2FrameCodec codec, int window) {
        var connection = codec.connection();
        var flow = connection.local().flowController();
        int more = window - flow.windowSize(connection.connectionStream());
        if (more > 0) {
            try {
                flow.incrementWindowSize(connection.connectionStream(), more);
            } catch (Http2Exception e) {
                throw new IllegalStateException("connection window: " + window, e);
            }
        }
    }
}
