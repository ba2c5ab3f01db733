package io.suimon.bench;

/**
 * What one run of the load came to.
 *
 * @param perSecond requests answered
 * @param p50Micros median latency
 * @param p99Micros 99th percentile of the latency
 * @param cpuMicros the proxy's CPU time per request
 * @param residentMiB the proxy's memory after the run
 */
record Sample(double perSecond, double p50Micros, double p99Micros, double cpuMicros, double residentMiB) {}
