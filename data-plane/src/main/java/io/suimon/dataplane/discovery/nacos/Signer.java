package io.suimon.dataplane.discovery.nacos;

import io.suimon.dataplane.discovery.http.RegistryServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is asked of Nacos with an access key and its secret, as its own clients do. Prints neither. */
record Signer(String accessKey, String secretKey) {

    private static final String ALGORITHM = "HmacSHA1"; // what Nacos checks

    /** The parameters that show who asks for a service, and when. */
    String parameters(NacosService service, long millis) {
        var data = millis + "@@" + service.group() + "@@" + service.name();
        return "&ak=%s&data=%s&signature=%s"
                .formatted(
                        RegistryServer.encoded(accessKey),
                        RegistryServer.encoded(data),
                        RegistryServer.encoded(signature(data)));
    }

    private String signature(String data) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return "Signer[***]";
    }
}
