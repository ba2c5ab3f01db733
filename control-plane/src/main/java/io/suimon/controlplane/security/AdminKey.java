package io.suimon.controlplane.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A named secret that opens the Admin API. Holds only a digest of it, and prints without. */
public final class AdminKey {

    private final String name;
    private final Role role;
    private final byte[] digest;

    private AdminKey(String name, Role role, byte[] digest) {
        this.name = name;
        this.role = role;
        this.digest = digest;
    }

    public static AdminKey of(String name, Role role, String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("admin key " + name + ": empty (expected: at least one character)");
        }
        return new AdminKey(name, role, digestOf(secret));
    }

    String name() {
        return name;
    }

    Role role() {
        return role;
    }

    /** Takes the same time whatever was presented. */
    boolean matches(byte[] presentedDigest) {
        return MessageDigest.isEqual(digest, presentedDigest);
    }

    static byte[] digestOf(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "AdminKey[" + name + ", " + role + "]";
    }
}
