package io.suimon.dataplane.tls;

import io.suimon.engine.resource.Certificate;
import io.suimon.engine.tls.KeyMaterial;
import io.suimon.engine.tls.KeyMaterial.Reading;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/** Hands keys with their certificates to a TLS library. */
final class PrivateKeys {

    /** Keeps keys as they are; they never leave the process. */
    private static final String STORE = "JKS";

    private PrivateKeys() {}

    /** Reads pairs. */
    static List<KeyMaterial> read(List<Certificate.Pair> pairs) throws UnusableException {
        var read = new ArrayList<KeyMaterial>();
        for (var pair : pairs) {
            switch (KeyMaterial.read(pair)) {
                case Reading.Readable(var material) -> read.add(material);
                case Reading.Unreadable(var reason) -> throw new UnusableException(reason);
            }
        }
        return read;
    }

    /** The keys, the first of a kind before others of it. */
    static KeyManagerFactory factory(List<KeyMaterial> materials) throws UnusableException {
        char[] password = {};
        try {
            var store = KeyStore.getInstance(STORE);
            store.load(null, password);
            for (int i = 0; i < materials.size(); i++) {
                var material = materials.get(i);
                var chain = material.chain().toArray(X509Certificate[]::new);
                store.setKeyEntry(Integer.toString(i), material.privateKey(), password, chain);
            }
            var keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, password);
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableException("a private key cannot be used: " + e.getMessage(), e);
        }
    }

    static boolean isEllipticCurve(KeyMaterial material) {
        return material.privateKey().getAlgorithm().equals("EC");
    }
}
