package io.suimon.engine.plugins.basicauth;

/** A consumer's user name and password. */
public record BasicAuthCredential(String username, String password) {

    @Override
    public String toString() {
        return "BasicAuthCredential[username=" + username + "]";
    }
}
