package io.suimon.bench.load;

/**
 * What a load came to.
 *
 * @param perSecond answers, each to one request, message or handshake
 * @param p50Micros median time to the answer
 * @param p99Micros 99th percentile of that
 * @param count all answers
 */
public record Answered(double perSecond, double p50Micros, double p99Micros, double count) {}
