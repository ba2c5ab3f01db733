package io.suimon.dataplane.listener;

import io.suimon.dataplane.http1.Http1Limits;

/**
 * What one connection of HTTP/2 may ask of the gateway.
 *
 * @param streams at a time; one more is refused
 * @param window bytes of one stream that wait here, before more may be sent
 * @param connectionWindow the same of all its streams together
 * @param resetsPerSecond streams that are reset; one more ends the connection
 * @param controlFramesPerSecond PING and SETTINGS; one more ends the connection
 * @param emptyFrames DATA without data in a row; one more ends the connection
 * @param smallContinuations of one head; one more ends the connection
 * @param stallNanos how long a client may take nothing of a response
 * @param responses of the heads that the gateway writes itself
 */
record Http2Limits(
        int streams,
        int window,
        int connectionWindow,
        int resetsPerSecond,
        int controlFramesPerSecond,
        int emptyFrames,
        int smallContinuations,
        long stallNanos,
        Http1Limits responses) {}
