package io.suimon.engine.plugins.keyauth;

import org.jspecify.annotations.Nullable;

/**
 * Where keys are looked for.
 *
 * @param header the field that carries the key
 * @param query the argument that carries it where there is no such field
 * @param hideCredentials whether the upstream does not get to see the key
 * @param anonymousConsumer who callers without a good key are; null for nobody
 * @param realm what refused clients are told
 */
public record KeyAuthConfig(
        String header,
        String query,
        boolean hideCredentials,
        @Nullable String anonymousConsumer,
        String realm) {}
