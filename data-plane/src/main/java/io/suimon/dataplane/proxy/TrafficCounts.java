package io.suimon.dataplane.proxy;

import java.util.EnumMap;
import java.util.Map;

/**
 * What was counted on the traffic path.
 *
 * @param accepted connections so far
 * @param active connections now
 * @param requests well-formed ones so far
 * @param running exchanges now
 * @param filterErrors filters that threw, so far
 * @param upgraded exchanges that became tunnels, so far
 * @param tunnels open now
 * @param retries requests sent once more after a try that failed, so far
 * @param retriesDenied requests that would have been, had the retry budget not been spent, so far
 * @param refusals so far, by what clients came up against; what is missing is none
 */
public record TrafficCounts(
        long accepted,
        long active,
        long requests,
        long running,
        long filterErrors,
        long upgraded,
        long tunnels,
        long retries,
        long retriesDenied,
        Map<Refusal, Long> refusals) {

    /** Nothing. */
    public static final TrafficCounts NONE = new TrafficCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    public TrafficCounts {
        refusals = Map.copyOf(refusals);
    }

    /** How many came up against this, so far. */
    public long refused(Refusal why) {
        return refusals.getOrDefault(why, 0L);
    }

    /** These and those. */
    public TrafficCounts plus(TrafficCounts other) {
        var sum = new EnumMap<Refusal, Long>(Refusal.class);
        sum.putAll(refusals);
        other.refusals.forEach((why, count) -> sum.merge(why, count, Long::sum));
        return new TrafficCounts(
                accepted + other.accepted,
                active + other.active,
                requests + other.requests,
                running + other.running,
                filterErrors + other.filterErrors,
                upgraded + other.upgraded,
                tunnels + other.tunnels,
                retries + other.retries,
                retriesDenied + other.retriesDenied,
                sum);
    }
}
