package io.suimon.engine.regex;

/** What an opening parenthesis begins. */
sealed interface Opening {

    /** A group, from Java's opening parenthesis on. */
    record Group(String java, Scope inside) implements Opening {}

    /** What holds from here on, up to the end of the group around it. */
    record Setting(String java, Scope now) implements Opening {}

    /** What an earlier group captured. */
    record Reference(Escape.Item item) implements Opening {}
}
