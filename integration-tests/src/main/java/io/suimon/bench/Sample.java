package io.suimon.bench;

import io.suimon.bench.load.Answered;

/**
 * What one run of the load came to.
 *
 * @param perSecond answers
 * @param p50Micros median latency
 * @param p99Micros 99th percentile of the latency
 * @param cpuMicros the proxy's CPU time per answer
 * @param residentMiB the proxy's memory at the end of the run
 */
record Sample(double perSecond, double p50Micros, double p99Micros, double cpuMicros, double residentMiB) {

    static Sample of(Answered answered, double cpuMicros, double residentMiB) {
        return new Sample(
                answered.perSecond(),
                answered.p50Micros(),
                answered.p99Micros(),
                cpuMicros / answered.count(),
                residentMiB);
    }
}
