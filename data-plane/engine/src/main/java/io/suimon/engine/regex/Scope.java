package io.suimon.engine.regex;

/**
 * What a pattern says anew for a part of itself, as far as a translation has to know.
 *
 * @param extended whether blanks and comments count for nothing
 * @param multiline whether lines have ends
 */
record Scope(boolean extended, boolean multiline) {}
