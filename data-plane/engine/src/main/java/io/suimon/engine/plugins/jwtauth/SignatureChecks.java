package io.suimon.engine.plugins.jwtauth;

import io.suimon.engine.resource.Pem;
import io.suimon.engine.text.WireText;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Map;

/** Makes the check of a consumer's algorithm (RFC 7518, 3.1; RFC 8037), once per consumer. */
final class SignatureChecks {

    private static final int PSS_LENGTH = 256;

    private static final Map<String, Curve> CURVES = Map.of(
            "256", new Curve("secp256r1", 64), "384", new Curve("secp384r1", 96), "512", new Curve("secp521r1", 132));

    private SignatureChecks() {}

    private record Curve(String name, int signatureLength) {}

    /** The check; one that nothing passes where the key is none, or one of another algorithm. */
    static SignatureCheck of(JwtAuthCredential credential) {
        var family = credential.algorithm().substring(0, 2);
        var size = credential.algorithm().substring(2);
        if (family.equals("HS")) {
            return new HmacCheck(size, secret(credential));
        }
        var text = credential.publicKey() == null ? "" : credential.publicKey();
        var key = Pem.publicKey(text);
        return key.isEmpty() ? SignatureCheck.NONE : asymmetric(family, size, key.get());
    }

    private static byte[] secret(JwtAuthCredential credential) {
        var secret = credential.secret() == null ? "" : credential.secret();
        return credential.base64Secret() && !secret.startsWith("$")
                ? Base64.getDecoder().decode(secret)
                : WireText.bytes(WireText.of(secret));
    }

    private static SignatureCheck asymmetric(String family, String size, PublicKey key) {
        return switch (family) {
            case "RS" -> key instanceof RSAPublicKey rsa ? rsa(size, rsa) : SignatureCheck.NONE;
            case "PS" -> key instanceof RSAPublicKey rsa ? pss(size, rsa) : SignatureCheck.NONE;
            case "ES" -> key instanceof ECPublicKey ec ? ecdsa(size, ec) : SignatureCheck.NONE;
            default -> key instanceof EdECPublicKey ed ? eddsa(ed) : SignatureCheck.NONE;
        };
    }

    private static SignatureCheck rsa(String size, RSAPublicKey key) {
        return new PublicKeyCheck(
                        "SHA" + size + "withRSA", null, key, (key.getModulus().bitLength() + 7) / 8)
                .usable();
    }

    /** As in APISIX, with keys of 2,048 bits alone. */
    private static SignatureCheck pss(String size, RSAPublicKey key) {
        var hash = "SHA-" + size;
        var parameters = new PSSParameterSpec(
                hash,
                "MGF1",
                new MGF1ParameterSpec(hash),
                Integer.parseInt(size) / 8,
                PSSParameterSpec.TRAILER_FIELD_BC);
        return new PublicKeyCheck("RSASSA-PSS", parameters, key, PSS_LENGTH).usable();
    }

    private static SignatureCheck ecdsa(String size, ECPublicKey key) {
        var curve = CURVES.get(size);
        return curve != null && isOn(curve.name(), key.getParams())
                ? new PublicKeyCheck("SHA" + size + "withECDSAinP1363Format", null, key, curve.signatureLength())
                        .usable()
                : SignatureCheck.NONE;
    }

    private static boolean isOn(String curve, ECParameterSpec own) {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            var named = parameters.getParameterSpec(ECParameterSpec.class);
            return own.getCurve().equals(named.getCurve())
                    && own.getGenerator().equals(named.getGenerator())
                    && own.getOrder().equals(named.getOrder());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(curve + ": every JDK has it", e);
        }
    }

    private static SignatureCheck eddsa(EdECPublicKey key) {
        int length = key.getParams().getName().equals("Ed448") ? 114 : 64;
        return new PublicKeyCheck("EdDSA", null, key, length).usable();
    }
}
