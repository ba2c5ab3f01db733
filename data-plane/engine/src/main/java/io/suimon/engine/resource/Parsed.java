package io.suimon.engine.resource;

import java.util.List;

/** What became of a resource's JSON. */
public sealed interface Parsed {

    /** The text is a valid resource. */
    record Accepted(Resource resource) implements Parsed {}

    /**
     * The text is none.
     *
     * @param violations never empty; the first is the one APISIX would name
     */
    record Refused(List<Violation> violations) implements Parsed {
        public Refused {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("violations: [] (expected: at least one)");
            }
        }
    }
}
