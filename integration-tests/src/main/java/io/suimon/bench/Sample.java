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
 * @param loadBusy percent of the time in which the core of origin and load was busy: near 100, it is that core that sets the pace
 */
record Sample(
        double perSecond, double p50Micros, double p99Micros, double cpuMicros, double residentMiB, double loadBusy) {

    static Sample of(Answered answered, double cpuMicros, double residentMiB, double loadBusy) {
        return new Sample(
                answered.perSecond(),
                answered.p50Micros(),
                answered.p99Micros(),
                cpuMicros / answered.count(),
                residentMiB,
                loadBusy);
    }
}
