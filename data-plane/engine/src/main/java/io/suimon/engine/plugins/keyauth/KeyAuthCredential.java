package io.suimon.engine.plugins.keyauth;

/** A consumer's key. */
public record KeyAuthCredential(String key) {

    @Override
    public String toString() {
        return "KeyAuthCredential[]";
    }
}
