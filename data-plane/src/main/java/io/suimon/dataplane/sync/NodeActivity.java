package io.suimon.dataplane.sync;

/** What a node is doing, as it tells the control plane from time to time. */
public record NodeActivity(long uptimeSeconds, long openConnections, long requestsTotal) {}
