package io.suimon.engine.resource;

import io.suimon.engine.schema.JsonSchema;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one resource. One thread. */
final class Violations {

    private static final String INVALID = "invalid configuration: ";

    private final List<Violation> list = new ArrayList<>(0);

    void add(String pointer, String message) {
        list.add(new Violation(pointer, message));
    }

    /** One that APISIX's clients know as a finding of the schema. */
    void addInvalid(String pointer, String message) {
        add(pointer, INVALID + message);
    }

    void addFindings(String pointer, List<JsonSchema.Finding> findings) {
        findings.forEach(finding -> addInvalid(pointer + finding.pointer(), finding.message()));
    }

    boolean none() {
        return list.isEmpty();
    }

    List<Violation> list() {
        return List.copyOf(list);
    }
}
