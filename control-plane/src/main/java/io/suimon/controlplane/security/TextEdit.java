package io.suimon.controlplane.security;

/** What becomes of one text of a resource. */
@FunctionalInterface
interface TextEdit {

    /**
     * The text that takes its place.
     *
     * @param place where the text stands, for people
     */
    String apply(String place, String text);
}
