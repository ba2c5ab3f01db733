package io.suimon.engine.plugins.jwtauth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where tokens are looked for, and what is asked of them.
 *
 * @param header the field that carries the token
 * @param query the argument that carries it where there is no such field
 * @param cookie the cookie that carries it where there is no such argument either
 * @param hideCredentials whether the upstream does not get to see the token
 * @param keyClaimName the claim that names the consumer's key
 * @param storeInCtx whether the claims are kept for other plugins
 * @param claimsToVerify those that have to be there; empty means any that are there have to be right
 * @param anonymousConsumer who callers without a good token are; null for nobody
 * @param realm what refused clients are told
 */
public record JwtAuthConfig(
        String header,
        String query,
        String cookie,
        boolean hideCredentials,
        String keyClaimName,
        boolean storeInCtx,
        Set<String> claimsToVerify,
        @Nullable String anonymousConsumer,
        String realm) {

    public JwtAuthConfig {
        claimsToVerify = Set.copyOf(claimsToVerify);
    }
}
