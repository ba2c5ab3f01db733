package io.suimon.dataplane.http2;

import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;

/** What is remembered of the fields that were sent to a peer (HPACK): it may ask for any size, and what is kept here is kept small. */
public final class HeaderTable {

    private static final long MAX = 4096;

    private HeaderTable() {}

    /** Bounds it; behind each time the peer told its settings, on the connection's event loop. */
    public static void bound(Http2FrameCodec codec) {
        var headers = codec.encoder().configuration().headersConfiguration();
        if (headers.maxHeaderTableSize() > MAX) {
            try {
                headers.maxHeaderTableSize(MAX);
            } catch (Http2Exception e) {
                throw new IllegalStateException("header table: " + MAX, e);
            }
        }
    }
}
