package io.suimon.engine.plugin;

import io.suimon.engine.text.WireText;
import java.security.MessageDigest;

/** Bytes that only who knows a secret can have: compared in the same time however much is right, and never printed. Immutable. */
public final class SecretBytes {

    private final byte[] bytes;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes of configuration text. */
    public static SecretBytes ofText(String text) {
        return new SecretBytes(WireText.bytes(WireText.of(text)));
    }

    /** These bytes, which nobody else may change. */
    public static SecretBytes of(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    /** Whether a client has sent the same. */
    public boolean matches(byte[] sent) {
        return MessageDigest.isEqual(bytes, sent);
    }

    @Override
    public String toString() {
        return "SecretBytes[]";
    }
}
