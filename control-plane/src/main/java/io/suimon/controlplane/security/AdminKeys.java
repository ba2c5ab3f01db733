package io.suimon.controlplane.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that open the Admin API. Immutable. */
public final class AdminKeys {

    private final List<AdminKey> keys;

    public AdminKeys(List<AdminKey> keys) {
        this.keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("admin keys: [] (expected: at least one)");
        }
    }

    /**
     * Judges a request. Compares with every key, so that the time says nothing about any.
     *
     * @param presented what the request carries as its key, or null when it carries none
     */
    public Access check(@Nullable String presented, String method) {
        if (presented == null) {
            return new Access.Denied("missing apikey");
        }
        var digest = AdminKey.digestOf(presented);
        AdminKey found = null;
        for (var key : keys) {
            if (key.matches(digest)) {
                found = key;
            }
        }
        if (found == null) {
            return new Access.Denied("wrong apikey");
        }
        return found.role().permits(method)
                ? new Access.Granted(found.name())
                : new Access.Denied("invalid method for role viewer");
    }
}
