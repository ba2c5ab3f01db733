package io.suimon.controlplane.security;

/** Whether a request may be carried out. */
public sealed interface Access {

    /**
     * It may.
     *
     * @param keyName the name of the key it was made with, for the record; never the key
     * @param role what that key allows
     */
    record Granted(String keyName, Role role) implements Access {}

    /**
     * It may not.
     *
     * @param description why, as APISIX says it
     */
    record Denied(String description) implements Access {}
}
