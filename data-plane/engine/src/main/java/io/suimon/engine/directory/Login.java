package io.suimon.engine.directory;

/** What a directory says of somebody. */
public sealed interface Login {

    /**
     * They are.
     *
     * @param dn whose password it was
     */
    record Accepted(String dn) implements Login {}

    /** They are not: an unknown name, a wrong password, or a name of several. */
    record Refused() implements Login {}

    /** Nothing: it was not reached, was too slow, or could not do what it was asked. */
    record Unavailable() implements Login {}

    /** It was not asked, as too many are being asked about already. */
    record Overloaded() implements Login {}
}
