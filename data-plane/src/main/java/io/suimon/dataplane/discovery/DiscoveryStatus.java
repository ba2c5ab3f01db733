package io.suimon.dataplane.discovery;

import java.time.InstantSource;
import java.util.Collection;

/**
 * How services stand.
 *
 * @param services followed now
 * @param endpoints of all of them
 * @param silent services whose registry does not say what they have
 * @param silentSeconds how long ago it said so of the one for which that is longest; 0 where none is silent
 * @param changes how often a service had other endpoints
 * @param failures how often a registry did not say
 * @param leftOut endpoints that cannot be used, or were too many
 * @param unanswered requests that were refused as too many waited
 * @param writeFailures how often what is known could not be written to the disk
 */
public record DiscoveryStatus(
        long services,
        long endpoints,
        long silent,
        long silentSeconds,
        long changes,
        long failures,
        long leftOut,
        long unanswered,
        long writeFailures) {

    static DiscoveryStatus of(
            Collection<FollowedService> services, DiscoveryCounts counts, long writeFailures, InstantSource clock) {
        long followed = 0;
        long endpoints = 0;
        long silent = 0;
        long oldest = 0;
        for (var service : services) {
            var known = service.endpoints();
            followed++;
            endpoints += known == null ? 0 : known.size();
            if (service.failure() != null) {
                silent++;
                oldest = Math.max(oldest, clock.millis() - service.saidMillis());
            }
        }
        return new DiscoveryStatus(
                followed,
                endpoints,
                silent,
                oldest / 1000,
                counts.changes.sum(),
                counts.failures.sum(),
                counts.leftOut.sum(),
                counts.unanswered.sum(),
                writeFailures);
    }
}
