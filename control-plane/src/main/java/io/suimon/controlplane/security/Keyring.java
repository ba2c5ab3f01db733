package io.suimon.controlplane.security;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Encrypts texts for the store and decrypts what lies there: the first key encrypts, every key is tried to decrypt. Without a key,
 * texts stay plain.
 *
 * <p>The keys APISIX comes with are tried last, so that what it wrote under them can be read; they encrypt nothing, being known to
 * everybody, unless they are set. Opening what was sealed gives back the text, whatever the text. Immutable, thread-safe.
 */
public final class Keyring {

    private static final List<AesKey> WELL_KNOWN = List.of(
            AesKey.of("qeddd145sfvddff3").orElseThrow(),
            AesKey.of("edd1c9f0985e76a2").orElseThrow());

    /** The shortest ciphertext is one block: 16 bytes are 24 letters. */
    private static final int SHORTEST = 24;

    private static final int LETTERS_PER_GROUP = 4;

    private final List<AesKey> own;
    private final List<AesKey> readers;

    /** What came of decrypting a text. */
    sealed interface Opened {

        /** What it says. */
        record Text(String plain) implements Opened {
            @Override
            public String toString() {
                return "Text[***]";
            }
        }

        /** It was not encrypted: it does not look like it. */
        record Never() implements Opened {}

        /** It looks encrypted, but not with any of the keys. */
        record NoKey() implements Opened {}
    }

    /** @param own none means that texts are stored plain */
    Keyring(List<AesKey> own) {
        this.own = List.copyOf(own);
        var all = new LinkedHashSet<>(own);
        all.addAll(WELL_KNOWN);
        this.readers = List.copyOf(all);
    }

    /** Whether there is a key to encrypt with. */
    boolean encrypts() {
        return !own.isEmpty();
    }

    /** Whether what it encrypts, everybody can decrypt. */
    boolean isWellKnown() {
        return encrypts() && WELL_KNOWN.contains(own.getFirst());
    }

    /** A text as it is to be stored. */
    String seal(String plain) {
        if (encrypts()) {
            return encoded(own.getFirst(), plain);
        }
        // Plain texts that would be taken for ciphertexts are few; to be read as they are, they have to be one.
        return open(plain) instanceof Opened.Text ? encoded(WELL_KNOWN.getFirst(), plain) : plain;
    }

    private static String encoded(AesKey key, String plain) {
        return Base64.getEncoder().encodeToString(key.encrypt(plain));
    }

    /** Decrypts a text as it was stored. */
    Opened open(String stored) {
        if (stored.length() < SHORTEST || stored.length() % LETTERS_PER_GROUP != 0) {
            return new Opened.Never();
        }
        byte[] ciphertext;
        try {
            ciphertext = Base64.getDecoder().decode(stored);
        } catch (IllegalArgumentException e) {
            return new Opened.Never();
        }
        if (ciphertext.length % AesKey.BLOCK != 0) {
            return new Opened.Never();
        }
        for (var key : readers) {
            var plain = key.decrypt(ciphertext);
            if (plain.isPresent()) {
                return new Opened.Text(plain.get());
            }
        }
        return new Opened.NoKey();
    }
}
