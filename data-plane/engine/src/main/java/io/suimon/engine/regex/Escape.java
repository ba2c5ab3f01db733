package io.suimon.engine.regex;

/** What a backslash makes of the characters behind it. */
sealed interface Escape {

    /** One character. */
    record Literal(int code) implements Escape {}

    /** Characters that all mean themselves; maybe none. */
    record Quote(String text) implements Escape {}

    /** Any of several characters, in brackets as outside of them, in Java's syntax. */
    record AnyOf(String java) implements Escape {}

    /** Something for which brackets are no place, in Java's syntax. */
    record Item(String java, boolean repeatable) implements Escape {}
}
