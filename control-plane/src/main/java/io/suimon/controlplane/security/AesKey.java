package io.suimon.controlplane.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key of a keyring: AES in CBC mode with PKCS#7 padding, the key's bytes also being the first vector, as APISIX has it. Equal
 * texts therefore give equal ciphertexts.
 *
 * <p>Immutable, thread-safe; prints without the key.
 */
final class AesKey {

    static final int BLOCK = 16;

    private static final int AES_128 = 16;
    private static final int AES_256 = 32;

    private final byte[] bytes;

    private AesKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Empty when the text is not as long as a key is. */
    static Optional<AesKey> of(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length == AES_128 || bytes.length == AES_256 ? Optional.of(new AesKey(bytes)) : Optional.empty();
    }

    byte[] encrypt(String text) {
        try {
            return cipher(Cipher.ENCRYPT_MODE).doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new IllegalStateException("padding fits every length", e);
        }
    }

    /**
     * The text within; empty when this is not the key.
     *
     * <p>One wrong key in 256 finds a padding that looks right. What it makes of the rest is hardly ever text, so that is asked, too.
     */
    Optional<String> decrypt(byte[] ciphertext) {
        try {
            var plain = cipher(Cipher.DECRYPT_MODE).doFinal(ciphertext);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain))
                    .toString());
        } catch (BadPaddingException | IllegalBlockSizeException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** A vector has the length of a block, whatever the length of the key: the longer key's first half is its vector. */
    private Cipher cipher(int mode) {
        try {
            var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(bytes, "AES"), new IvParameterSpec(bytes, 0, BLOCK));
            return cipher;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the length was checked", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AesKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "AesKey[" + bytes.length * Byte.SIZE + " bits]";
    }
}
