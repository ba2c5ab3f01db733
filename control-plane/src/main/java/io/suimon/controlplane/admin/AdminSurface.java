package io.suimon.controlplane.admin;

import java.util.List;
import java.util.Set;

/**
 * Which requests below {@code /apisix/admin} there are handlers for.
 *
 * @param mode which of the two APIs it is
 */
record AdminSurface(AdminConfig.Mode mode) {

    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "PATCH", "DELETE");
    private static final Set<String> OF_DOCUMENT = Set.of("GET", "HEAD", "PUT");
    private static final List<String> DOCUMENT = List.of("configs");
    private static final List<String> VALIDATION = List.of("configs", "validate");

    /** @param segments below the API's root */
    boolean handles(String method, List<String> segments) {
        return switch (mode) {
            case RESOURCES -> METHODS.contains(method);
            case CONFIGS -> handlesDocument(method, segments);
        };
    }

    /** Whether a request is about the configuration as a whole. */
    boolean handlesDocument(String method, List<String> segments) {
        return (VALIDATION.equals(segments) && method.equals("POST"))
                || (mode == AdminConfig.Mode.CONFIGS && DOCUMENT.equals(segments) && OF_DOCUMENT.contains(method));
    }
}
