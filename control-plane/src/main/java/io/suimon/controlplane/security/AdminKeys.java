package io.suimon.controlplane.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that open the Admin API. Immutable. */
public final class AdminKeys {

    private static final String ANYONE = "anyone";

    private final List<AdminKey> keys;
    private final boolean required;

    public AdminKeys(List<AdminKey> keys) {
        this(keys, true);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("admin keys: [] (expected: at least one)");
        }
    }

    private AdminKeys(List<AdminKey> keys, boolean required) {
        this.keys = List.copyOf(keys);
        this.required = required;
    }

    /** Every request may be carried out, whatever key it carries. */
    public static AdminKeys notRequired() {
        return new AdminKeys(List.of(), false);
    }

    /**
     * Judges a request. Compares with every key, so that the time says nothing about any.
     *
     * @param presented what the request carries as its key, or null when it carries none
     */
    public Access check(@Nullable String presented, String method) {
        if (!required) {
            return new Access.Granted(ANYONE, Role.ADMIN);
        }
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
                ? new Access.Granted(found.name(), found.role())
                : new Access.Denied("invalid method for role viewer");
    }
}
