package io.suimon.dataplane.cache;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the parts of an encrypted file are sealed: AES-256-GCM, each with its number and whether it is the last, so that none can be
 * left out, moved or cut off. The key is the file's own, so numbers do as nonces. Not thread-safe.
 */
final class SealedFrames {

    /** Plain bytes in a part; only the last one has fewer. */
    static final int PLAIN_BYTES = 64 * 1024;

    static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private long number;

    SealedFrames(SecretKeySpec key) {
        this.key = key;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in GCM", e);
        }
    }

    byte[] seal(byte[] plain, int length, boolean last) {
        try {
            return next(Cipher.ENCRYPT_MODE, last).doFinal(plain, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws AEADBadTagException when it is not what was sealed at this place */
    byte[] open(byte[] sealed, int length, boolean last) throws AEADBadTagException {
        try {
            return next(Cipher.DECRYPT_MODE, last).doFinal(sealed, 0, length);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher next(int mode, boolean last) throws GeneralSecurityException {
        var nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(number++).putInt(last ? 1 : 0);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce.array()));
        return cipher;
    }
}
