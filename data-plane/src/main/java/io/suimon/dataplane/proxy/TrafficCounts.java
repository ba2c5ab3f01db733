package io.suimon.dataplane.proxy;

/**
 * What was counted on the traffic path.
 *
 * @param accepted connections so far
 * @param active connections now
 * @param requests well-formed ones so far
 * @param running exchanges now
 * @param malformed requests refused before there was an exchange, so far
 * @param filterErrors filters that threw, so far
 * @param calmed connections of HTTP/2 closed for a flood of frames, so far
 * @param stalled streams of HTTP/2 given up because the client took nothing of the response, so far
 */
public record TrafficCounts(
        long accepted,
        long active,
        long requests,
        long running,
        long malformed,
        long filterErrors,
        long calmed,
        long stalled) {

    /** Nothing. */
    public static final TrafficCounts NONE = new TrafficCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** These and those. */
    public TrafficCounts plus(TrafficCounts other) {
        return new TrafficCounts(
                accepted + other.accepted,
                active + other.active,
                requests + other.requests,
                running + other.running,
                malformed + other.malformed,
                filterErrors + other.filterErrors,
                calmed + other.calmed,
                stalled + other.stalled);
    }
}
