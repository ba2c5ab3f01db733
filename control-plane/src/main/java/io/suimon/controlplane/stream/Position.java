package io.suimon.controlplane.stream;

import io.suimon.proto.StateDigest;

/**
 * A complete configuration, by name: where the mirror is, or where a node is.
 *
 * @param storeId the store it came from; empty when there is none yet
 * @param revision 0 when there is none yet
 */
record Position(String storeId, long revision, StateDigest digest) {

    static final Position NONE = new Position("", 0, StateDigest.EMPTY);

    /** Whether anything has been read or applied at all. */
    boolean known() {
        return !storeId.isEmpty();
    }
}
