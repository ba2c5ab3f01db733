package io.suimon.engine.resource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads an {@code ssls} object. */
final class CertificateReader {

    private final ResourceKey key;
    private final Fields fields;

    CertificateReader(ResourceKey key, Fields fields) {
        this.key = key;
        this.fields = fields;
    }

    Certificate read() {
        return new Certificate(
                key,
                fields.description(),
                fields.choice(Certificate.Type.class, "type", Certificate.Type.SERVER),
                fields.integer("status", 1) == 1,
                fields.oneOrMore("sni", "snis").stream()
                        .map(CertificateReader::serverName)
                        .toList(),
                pairs(),
                client(),
                new LinkedHashSet<>(fields.texts("ssl_protocols")));
    }

    private static String serverName(String sni) {
        var name = sni.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private List<Certificate.Pair> pairs() {
        var pairs = new ArrayList<Certificate.Pair>();
        var first = new Certificate.Pair(fields.text("cert", ""), fields.text("key", ""));
        pairs.add(first);
        complain("/cert", "", PemPairs.fault(first.certificate(), first.privateKey()));
        var certificates = fields.texts("certs");
        var keys = fields.texts("keys");
        if (certificates.size() != keys.size()) {
            fields.violations().add("/certs", "mismatched number of certs and keys");
            return pairs;
        }
        for (int i = 0; i < keys.size(); i++) {
            var pair = new Certificate.Pair(certificates.get(i), keys.get(i));
            pairs.add(pair);
            var prefix = "failed to handle cert-key pair[" + (i + 1) + "]: ";
            complain("/certs/" + i, prefix, PemPairs.fault(pair.certificate(), pair.privateKey()));
        }
        return pairs;
    }

    private Certificate.@Nullable ClientVerification client() {
        var client = fields.object("client");
        if (client == null) {
            return null;
        }
        var ca = client.text("ca", "");
        complain("/client/ca", "failed to validate client_cert: ", PemPairs.certificateFault(ca));
        return new Certificate.ClientVerification(ca, client.integer("depth", 1), client.texts("skip_mtls_uri_regex"));
    }

    private void complain(String pointer, String prefix, @Nullable String fault) {
        if (fault != null) {
            fields.violations().add(pointer, prefix + fault);
        }
    }
}
