package io.suimon.engine.plugins.hmacauth;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of signatures.
 *
 * @param allowedAlgorithms as requests name them
 * @param clockSkew seconds by which the Date of a request may be off
 * @param signedHeaders the names that have to be among those a request says it has signed, in this spelling
 * @param validateRequestBody whether the Digest has to be that of the body
 * @param maxReqBodySize bytes of a body that is read for that
 * @param hideCredentials whether the upstream does not get to see the signature
 * @param anonymousConsumer who callers without a good signature are; null for nobody
 * @param realm what refused clients are told
 */
public record HmacAuthConfig(
        Set<String> allowedAlgorithms,
        long clockSkew,
        List<String> signedHeaders,
        boolean validateRequestBody,
        long maxReqBodySize,
        boolean hideCredentials,
        @Nullable String anonymousConsumer,
        String realm) {

    public HmacAuthConfig {
        allowedAlgorithms = Set.copyOf(allowedAlgorithms);
        signedHeaders = List.copyOf(signedHeaders);
    }
}
