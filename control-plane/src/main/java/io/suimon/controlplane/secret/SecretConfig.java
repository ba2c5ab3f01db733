package io.suimon.controlplane.secret;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How references to secrets in resources, {@code $secret://} and {@code $ENV://}, are resolved. */
@ConfigMapping(prefix = "suimon.secrets")
public interface SecretConfig {

    /** How long a value is used before its secret manager is asked again. */
    @WithDefault("300s")
    Duration refresh();

    /** How long after a failure it is asked again; a random part of up to half of it is left out. */
    @WithDefault("60s")
    Duration retry();

    /** How long a secret manager may take for an answer, and a new reference may hold back its resource. */
    @WithDefault("5s")
    Duration timeout();

    /** Different references that are resolved at a time; those beyond are reported as failed. */
    @WithDefault("10000")
    int maxReferences();

    /** Questions to secret managers under way at a time. */
    @WithDefault("8")
    int maxFetches();

    /** Size of a secret manager's answer; a larger one counts as a failure. */
    @WithDefault("1M")
    MemorySize maxAnswerSize();

    /** Environment variables of this process that may be referred to; any, where this is not set. Never those of its own settings. */
    Optional<List<String>> environment();

    /** Certificates of those who sign the certificates of secret managers, PEM; those the Java platform trusts, where this is not set. */
    Optional<Path> ca();
}
