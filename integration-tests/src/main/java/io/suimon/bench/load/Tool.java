package io.suimon.bench.load;

import io.suimon.harness.Commands;
import io.suimon.harness.Cores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs load tools on the load's core. */
final class Tool {

    /** How much longer than asked for a tool may take, for its connections to begin and to end. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** What is the same for all who speak TLS. */
    static final String CIPHER = "TLS_AES_128_GCM_SHA256";

    static final String GROUP = "X25519";

    private Tool() {}

    /** Everything it prints. OpenSSL in it offers servers one version, one cipher and one group, so that all have the same. */
    static String run(List<String> command, Door door, int seconds) {
        var pinned = new ArrayList<>(Cores.onTheLoads());
        pinned.addAll(command);
        var environment =
                Map.of("OPENSSL_CONF", written(door, "openssl.cnf", openSsl()).toString());
        try {
            return Commands.output(
                    pinned, environment, Duration.ofSeconds(seconds).plus(GRACE));
        } catch (IllegalStateException e) { // it could not connect, or did not end
            throw new FailedLoadException(String.valueOf(e.getMessage()));
        }
    }

    /** A file of the door's folder. */
    static Path written(Door door, String name, String text) {
        try {
            return Files.writeString(door.folder().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String openSsl() {
        try (InputStream in = Tool.class.getResourceAsStream("openssl.cnf")) {
            if (in == null) {
                throw new IllegalStateException("openssl.cnf: not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{cipher}", CIPHER)
                    .replace("{group}", GROUP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
