package io.suimon.dataplane.upstream;

/**
 * What one connection of HTTP/2 to an endpoint carries, and may ask of the gateway.
 *
 * @param streams at a time, where the endpoint allows as many
 * @param window bytes of one response that wait here, before more may be sent
 * @param controlFramesPerSecond PING and SETTINGS; one more ends the connection
 * @param emptyFrames DATA without data in a row; one more ends the connection
 * @param smallContinuations of one head; one more ends the connection
 */
public record Http2OriginLimits(
        int streams, int window, int controlFramesPerSecond, int emptyFrames, int smallContinuations) {

    /** The window of a connection: never what holds one stream back because others are not read. */
    int connectionWindow() {
        return (int) Math.min(Integer.MAX_VALUE, (long) streams * window);
    }
}
