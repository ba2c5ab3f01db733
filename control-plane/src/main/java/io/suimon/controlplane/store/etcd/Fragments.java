package io.suimon.controlplane.store.etcd;

import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchResponse;

/**
 * Large watch responses in pieces. jetcd's messages are of an etcd before 3.4 and lack the two fields, so they are written and read by
 * their numbers. Without them, what a member sends while it catches up may be larger than any message we take.
 */
final class Fragments {

    private static final int REQUEST_FIELD = 8; // WatchCreateRequest.fragment
    private static final int RESPONSE_FIELD = 7; // WatchResponse.fragment

    private Fragments() {}

    /** Asks for responses in pieces of at most the largest request the member takes. */
    static WatchCreateRequest.Builder asked(WatchCreateRequest.Builder request) {
        var yes = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
        return request.setUnknownFields(
                UnknownFieldSet.newBuilder().addField(REQUEST_FIELD, yes).build());
    }

    /** Whether more pieces of the same response follow. */
    static boolean moreFollow(WatchResponse response) {
        return response.getUnknownFields().getField(RESPONSE_FIELD).getVarintList().stream()
                .anyMatch(value -> value != 0);
    }
}
