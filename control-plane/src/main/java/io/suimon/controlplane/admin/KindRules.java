package io.suimon.controlplane.admin;

import io.suimon.engine.resource.ResourceKind;
import java.util.Set;

/**
 * How one kind of resource differs from the others.
 *
 * @param methods what may be done with it, besides reading
 * @param timed whether the control plane notes when it was created and changed
 * @param missingOnPut what a PUT without an id is told
 * @param missingOnPatch what a PATCH without an id is told
 */
record KindRules(Set<String> methods, boolean timed, String missingOnPut, String missingOnPatch) {

    private static final Set<String> ALL = Set.of("GET", "PUT", "POST", "PATCH", "DELETE");
    private static final Set<String> NO_POST = Set.of("GET", "PUT", "PATCH", "DELETE");
    private static final Set<String> NO_PATCH = Set.of("GET", "PUT", "POST", "DELETE");
    private static final Set<String> WHOLE_ONLY = Set.of("GET", "PUT", "DELETE");

    static KindRules of(ResourceKind kind) {
        return switch (kind) {
            case ROUTE, SERVICE, UPSTREAM, SSL -> rules(kind, ALL);
            case CONSUMER, CREDENTIAL -> rules(kind, WHOLE_ONLY);
            case CONSUMER_GROUP, PLUGIN_CONFIG, GLOBAL_RULE -> rules(kind, NO_POST);
            case PROTO, STREAM_ROUTE -> rules(kind, NO_PATCH);
            case PLUGIN_METADATA -> new KindRules(WHOLE_ONLY, false, "missing plugin name", missing(kind));
            case SECRET -> new KindRules(NO_POST, true, missing(kind), "no secret id");
        };
    }

    private static KindRules rules(ResourceKind kind, Set<String> methods) {
        return new KindRules(methods, true, missing(kind), missing(kind));
    }

    /** What a DELETE without an id is told. */
    static String missing(ResourceKind kind) {
        return "missing " + kind.word() + " id";
    }
}
