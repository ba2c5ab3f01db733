package io.suimon.dataplane.discovery.http;

import io.suimon.dataplane.discovery.Authorities;
import io.suimon.process.InvalidSettingException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates the servers of registries must have. That they are for the name a server is asked by is verified anyway.
 *
 * @param authorities null for those of Java
 */
public record RegistryTrust(@Nullable TrustManager authorities) {

    private static final String SETTING = "suimon.discovery.ca";

    /**
     * Trust in those a file names.
     *
     * @param file empty for those of Java
     * @throws InvalidSettingException when the file cannot be used
     */
    public static RegistryTrust of(Optional<Path> file) {
        return new RegistryTrust(file.map(RegistryTrust::read).orElse(null));
    }

    private static TrustManager read(Path file) {
        try {
            return Authorities.read(file);
        } catch (IOException e) {
            throw new InvalidSettingException(SETTING, file, "a file of certificates, as PEM; " + e.getMessage());
        }
    }

    HttpClientOptions in(HttpClientOptions options) {
        return authorities == null ? options : options.setTrustOptions(TrustOptions.wrap(authorities));
    }
}
