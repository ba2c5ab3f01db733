package io.suimon.dataplane.health;

/**
 * What probing takes.
 *
 * @param schedule whose turn it is when
 * @param prober who begins probes
 * @param probesPerConnection one after the other
 */
record Probing(ProbeSchedule schedule, Prober prober, int probesPerConnection) {}
