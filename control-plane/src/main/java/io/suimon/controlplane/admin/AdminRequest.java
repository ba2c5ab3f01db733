package io.suimon.controlplane.admin;

import io.suimon.controlplane.security.Role;
import java.util.List;

/**
 * A request by someone who may make it.
 *
 * @param area which API it is for
 * @param segments of the path below that API's root
 * @param body as received; empty means none
 * @param headers those that somebody asks for
 * @param condition on which state of the resource it depends
 * @param keyName the name of the key it was made with, for the record
 * @param role what that key allows
 * @param peer the address it came from, for the record
 */
record AdminRequest(
        Area area,
        String method,
        List<String> segments,
        QueryString query,
        byte[] body,
        RequestHeaders headers,
        Condition condition,
        String keyName,
        Role role,
        String peer) {

    /** The APIs of this listener. */
    enum Area {
        /** Below {@code /apisix/admin}. */
        APISIX,
        /** Below {@code /suimon/v1}. */
        SUIMON
    }

    AdminRequest {
        segments = List.copyOf(segments);
    }

    AdminRequest withoutQuery() {
        return new AdminRequest(
                area, method, segments, QueryString.parse(null), body, headers, condition, keyName, role, peer);
    }

    /** The segment at an index; empty text behind the last. */
    String segment(int index) {
        return index < segments.size() ? segments.get(index) : "";
    }
}
