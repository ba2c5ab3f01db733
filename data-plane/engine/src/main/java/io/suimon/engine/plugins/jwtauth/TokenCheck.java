package io.suimon.engine.plugins.jwtauth;

import java.util.Set;

/**
 * What the tokens of one consumer are held against; made once per consumer.
 *
 * @param algorithm the only one they may be made with
 * @param grace seconds by which clocks may differ
 */
record TokenCheck(String algorithm, SignatureCheck signature, long grace) {

    static TokenCheck of(JwtAuthCredential credential) {
        return new TokenCheck(credential.algorithm(), SignatureChecks.of(credential), credential.lifetimeGracePeriod());
    }

    /** Whether the consumer made this token, and it is good at this moment. */
    boolean passes(Token token, Set<String> claims, long now) {
        return algorithm.equals(token.algorithm())
                && !token.critical()
                && signature.passes(token.signed(), token.signature())
                && token.claims().holdAt(claims, now, grace);
    }

    @Override
    public String toString() {
        return "TokenCheck[algorithm=" + algorithm + "]";
    }
}
