package io.suimon.controlplane.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How secrets lie in the store. */
@ConfigMapping(prefix = "suimon.encryption")
public interface EncryptionConfig {

    /** Whether secret fields of plugins are encrypted when written and decrypted when read. Private keys always are. */
    @WithDefault("true")
    boolean enabled();

    /** Keys of 16 bytes (AES-128) or 32 (AES-256): the first encrypts, each is tried to decrypt. Without any, secrets are stored plain. */
    Optional<List<String>> keyring();

    /** The file that holds the keyring, one key a line; set instead of {@link #keyring}. */
    Optional<Path> keyringFile();
}
