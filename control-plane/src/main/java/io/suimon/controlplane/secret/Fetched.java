package io.suimon.controlplane.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What asking a secret manager for a secret came to. */
sealed interface Fetched {

    /** The secret. Never prints. */
    record Fields(ObjectNode fields) implements Fetched {

        @Override
        public String toString() {
            return "Fields[***]";
        }
    }

    /**
     * An answer without the secret.
     *
     * @param reason for people, to be said of the secret manager: "answered 403"; of the answer, its status alone
     */
    record Refused(String reason) implements Fetched {}

    /**
     * No answer, or one that others would get, too.
     *
     * @param reason as that of a refusal
     */
    record Unreachable(String reason) implements Fetched {}
}
