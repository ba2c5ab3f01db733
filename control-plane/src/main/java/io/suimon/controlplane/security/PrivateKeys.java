package io.suimon.controlplane.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.ResourceKind;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds the private keys of certificates, wherever resources hold some. */
public final class PrivateKeys {

    private static final List<FieldPath> OF_CERTIFICATES = List.of(FieldPath.parse("key"), FieldPath.parse("keys"));
    private static final List<FieldPath> OF_UPSTREAMS = List.of(FieldPath.parse("tls.client_key"));
    private static final List<FieldPath> EMBEDDED = List.of(FieldPath.parse("upstream.tls.client_key"));

    private PrivateKeys() {}

    /** Changes the keys in the resource itself. */
    static void edit(ResourceKind kind, ObjectNode resource, TextEdit edit) {
        for (var path : paths(kind)) {
            path.edit(resource, edit);
        }
    }

    /** Takes the keys out of the resource itself. */
    static void remove(ResourceKind kind, ObjectNode resource) {
        for (var path : paths(kind)) {
            path.remove(resource);
        }
    }

    /** A copy of a resource without those of its keys that are not encrypted. */
    public static ObjectNode withoutPlainOnes(ResourceKind kind, ObjectNode resource) {
        var shown = resource.deepCopy();
        for (var path : paths(kind)) {
            var plain = new AtomicBoolean();
            path.edit(shown, (place, text) -> {
                plain.compareAndSet(false, isPlain(text));
                return text;
            });
            if (plain.get()) {
                path.remove(shown);
            }
        }
        return shown;
    }

    /** Whether a text is a key that can be read as it stands; what is not may be encrypted, or refer to a secret. */
    static boolean isPlain(String text) {
        return text.startsWith("---");
    }

    private static List<FieldPath> paths(ResourceKind kind) {
        return switch (kind) {
            case SSL -> OF_CERTIFICATES;
            case UPSTREAM -> OF_UPSTREAMS;
            case ROUTE, SERVICE, STREAM_ROUTE -> EMBEDDED;
            case CONSUMER, CREDENTIAL, CONSUMER_GROUP, PLUGIN_CONFIG, GLOBAL_RULE, PLUGIN_METADATA, PROTO, SECRET ->
                List.of();
        };
    }
}
