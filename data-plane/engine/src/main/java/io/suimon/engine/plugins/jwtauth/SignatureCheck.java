package io.suimon.engine.plugins.jwtauth;

/** Tells whether a signature was made by who holds the key. Immutable, used by any thread; never prints the key. */
@FunctionalInterface
interface SignatureCheck {

    /** One that no signature passes: the key cannot be used. */
    SignatureCheck NONE = (signed, signature) -> false;

    boolean passes(byte[] signed, byte[] signature);
}
