package io.suimon.controlplane.store;

/**
 * A condition on which a transaction is carried out.
 *
 * @param path below the store's prefix
 * @param modRevision what the key's modification revision must be; 0 means the key must not exist
 */
public record Guard(String path, long modRevision) {}
