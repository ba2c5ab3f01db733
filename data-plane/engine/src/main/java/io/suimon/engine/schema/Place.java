package io.suimon.engine.schema;

import org.jspecify.annotations.Nullable;

/**
 * The way from the whole value to the part being looked at, and to the part of the schema that looks. Its texts are made only for a
 * finding.
 *
 * @param name a property's name, or null
 * @param number an item's or sub-schema's position, counted from 1
 * @param pattern for a property that a pattern selected, the pattern
 */
record Place(@Nullable Place parent, Step step, String name, int number, String pattern) {

    static final Place ROOT = new Place(null, Step.ROOT, "", 0, "");

    /** What leads from the place above to this one. */
    enum Step {
        ROOT,
        PROPERTY,
        MATCHING,
        ADDITIONAL,
        ITEM,
        DEPENDENT,
        ALL_OF
    }

    Place property(String property) {
        return new Place(this, Step.PROPERTY, property, 0, "");
    }

    Place matching(String property, String propertyPattern) {
        return new Place(this, Step.MATCHING, property, 0, propertyPattern);
    }

    Place additional(String property) {
        return new Place(this, Step.ADDITIONAL, property, 0, "");
    }

    Place item(int index) {
        return new Place(this, Step.ITEM, "", index + 1, "");
    }

    Place dependent(String property) {
        return new Place(this, Step.DEPENDENT, property, 0, "");
    }

    Place allOf(int index) {
        return new Place(this, Step.ALL_OF, "", index + 1, "");
    }

    /** What precedes a message about this place. */
    String prefix() {
        return parent == null ? "" : parent.prefix() + ownPrefix();
    }

    private String ownPrefix() {
        return switch (step) {
            case ROOT -> "";
            case PROPERTY -> "property \"" + name + "\" validation failed: ";
            case MATCHING -> "failed to validate " + name + " (matching \"" + pattern + "\"): ";
            case ADDITIONAL -> "failed to validate additional property " + name + ": ";
            case ITEM -> "failed to validate item " + number + ": ";
            case DEPENDENT -> "failed to validate dependent schema for \"" + name + "\": ";
            case ALL_OF -> "allOf " + number + " failed: ";
        };
    }

    /** This place in the value, as a JSON pointer (RFC 6901). */
    String pointer() {
        return parent == null ? "" : parent.pointer() + token();
    }

    private String token() {
        return switch (step) {
            case PROPERTY, MATCHING, ADDITIONAL -> "/" + name.replace("~", "~0").replace("/", "~1");
            case ITEM -> "/" + (number - 1);
            case ROOT, DEPENDENT, ALL_OF -> "";
        };
    }
}
