package io.suimon.engine.compile;

import io.suimon.engine.resource.ResourceKey;

/**
 * A resource that could not be compiled; it stays at its last good form, and everything else applies.
 *
 * @param modRevision the revision of the form that was refused
 * @param reason for people
 */
public record Rejection(ResourceKey key, long modRevision, String reason) {}
