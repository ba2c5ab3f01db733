package io.suimon.controlplane.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The keys that open the Admin API. Where neither {@link #key} nor {@link #keys} is set, the key file decides. */
@ConfigMapping(prefix = "suimon.admin")
public interface AccessConfig {

    /** Whether a request needs a key; only an Admin API that listens on loopback can do without. */
    @WithDefault("true")
    boolean keyRequired();

    /** The one key with all rights. */
    Optional<String> key();

    /** More keys, by name. */
    Map<String, Named> keys();

    /** Where the key of a first start is kept, and found again. */
    @WithDefault(".suimon/admin.key")
    Path keyFile();

    /** A key and what it allows. */
    interface Named {

        /** One more key; {@code NAME} is what the audit line calls who has it. */
        String key();

        /** What it allows: {@code admin} everything, {@code viewer} to read. */
        @WithDefault("admin")
        Role role();
    }
}
