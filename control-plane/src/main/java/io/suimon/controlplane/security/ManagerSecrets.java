package io.suimon.controlplane.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.ResourceKind;
import java.util.List;

/** Finds what secret managers are opened with. It lies plain in the store, as APISIX has it. */
final class ManagerSecrets {

    private static final List<FieldPath> FIELDS = List.of(
            FieldPath.parse("token"),
            FieldPath.parse("secret_access_key"),
            FieldPath.parse("session_token"),
            FieldPath.parse("auth_config.private_key"));

    private ManagerSecrets() {}

    /** Takes it out of the resource itself. */
    static void remove(ResourceKind kind, ObjectNode resource) {
        if (kind == ResourceKind.SECRET) {
            FIELDS.forEach(field -> field.remove(resource));
        }
    }
}
