package io.suimon.engine.plugin;

import io.suimon.engine.resource.Violation;

/**
 * Configurations of one plugin, on whatever resources, that share their state and therefore have to be equal.
 *
 * @param configDigest equal for equal configurations
 */
public record SharedGroup(String plugin, String name, String configDigest) {

    /** Whether both are in one group, but differ. */
    public boolean contradicts(SharedGroup other) {
        return plugin.equals(other.plugin) && name.equals(other.name) && !configDigest.equals(other.configDigest);
    }

    /** What people are told about one that contradicts another. */
    public Violation mismatch() {
        return Violation.of("failed to check the configuration of plugin " + plugin + " err: group conf mismatched");
    }
}
