package io.suimon.engine.plugins.hmacauth;

/** What a consumer's requests name it by, and the secret they are signed with. */
public record HmacAuthCredential(String keyId, String secretKey) {

    @Override
    public String toString() {
        return "HmacAuthCredential[keyId=" + keyId + "]";
    }
}
