package io.suimon.engine.plugins.basicauth;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of callers with and without a password.
 *
 * @param hideCredentials whether the upstream does not get to see them
 * @param anonymousConsumer who callers without the right ones are; null for nobody
 * @param realm what refused clients are told
 */
public record BasicAuthConfig(
        boolean hideCredentials, @Nullable String anonymousConsumer, String realm) {}
