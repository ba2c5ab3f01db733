package io.suimon.controlplane.store;

import java.util.Optional;

/**
 * How one of the addresses of a store is, as this process knows it. What nobody talks to counts as well.
 *
 * @param endpoint host and port, as they are set
 * @param up whether it is used; one that failed is not, until it answers again
 * @param answers how many it gave
 * @param failures how often it gave none that can be used, probes included
 * @param leaves how often it was left out
 * @param reason what it failed with last, while it is left out
 */
public record EndpointHealth(
        String endpoint, boolean up, long answers, long failures, long leaves, Optional<String> reason) {}
