package io.suimon.dataplane.discovery.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this process shows an API server to be known. Read each time: Kubernetes replaces it within the hour. Never printed.
 *
 * @param text the token itself; null for one in a file
 * @param file null for none
 */
record ApiToken(@Nullable String text, @Nullable Path file) {

    private static final int MAX_BYTES = 64 * 1024;

    /** @throws IOException when there is a file, but no token in it; the message does not say what is */
    Optional<String> read() throws IOException {
        if (text != null) {
            return Optional.of(text);
        }
        if (file == null) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            var token = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
            if (!isToken(token)) {
                throw new IOException("token file %s: no token (expected: visible characters)".formatted(file));
            }
            return Optional.of(token);
        } catch (FileSystemException e) {
            throw new IOException("token file %s: cannot be read".formatted(file), e);
        }
    }

    static boolean isToken(String text) {
        return text.matches("[!-~]+");
    }

    @Override
    public String toString() {
        return "ApiToken[" + (file == null ? "******" : file) + "]";
    }
}
