package io.suimon.bench;

import io.suimon.bench.load.Door;
import io.suimon.harness.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The certificate all proxies have: ECDSA on P-256.
 *
 * @param chain PEM
 * @param key PEM
 * @param both one after the other
 */
public record Certificate(Path chain, Path key, Path both) {

    /** Makes one. */
    public static Certificate in(Path folder) {
        var made = new Certificate(
                folder.resolve("certificate.pem"),
                folder.resolve("key.pem"),
                folder.resolve("certificate-and-key.pem"));
        Commands.output(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-sha256",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=" + Door.NAME,
                "-addext",
                "subjectAltName=DNS:" + Door.NAME,
                "-out",
                made.chain.toString(),
                "-keyout",
                made.key.toString()));
        try {
            Files.writeString(made.both, text(made.chain) + text(made.key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    /** As an ssl object of Suimon. */
    public String json() {
        return "{\"snis\":[\"" + Door.NAME + "\"],\"cert\":\"" + escaped(chain) + "\",\"key\":\"" + escaped(key)
                + "\"}";
    }

    private static String escaped(Path pem) {
        return text(pem).replace("\n", "\\n");
    }

    private static String text(Path pem) {
        try {
            return Files.readString(pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
