package io.suimon.controlplane.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.schema.SecretReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** How a secret manager is asked, if it can be. */
sealed interface VaultAccess {

    /**
     * A Vault.
     *
     * @param base without slash at the end
     * @param prefix the path that all secrets lie below, without slashes around it
     * @param namespace null where it has none
     */
    record Usable(
            String base,
            String prefix,
            String token,
            @Nullable String namespace) implements VaultAccess {

        /**
         * Where a secret is read.
         *
         * @throws URISyntaxException when its path would lead elsewhere
         */
        URI uri(String path) throws URISyntaxException {
            var segments = new ArrayList<String>();
            for (var segment : (prefix + "/" + path).split("/", -1)) {
                if (segment.equals(".") || segment.equals("..")) {
                    throw new URISyntaxException(segment, "a path without steps up is expected");
                }
                segments.add(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
            }
            return new URI(base + "/v1/" + String.join("/", segments));
        }

        @Override
        public String toString() {
            return "Usable[" + base + "/v1/" + prefix + "]";
        }
    }

    /**
     * One that cannot be asked as it is configured.
     *
     * @param reason for people, to be said of the secret manager: "does not exist"
     */
    record Unusable(String reason) implements VaultAccess {}

    /** Reads the resource of a secret manager. */
    static VaultAccess of(ObjectNode settings, Environment environment) {
        var base = settings.path("uri").asText().replaceAll("/+$", "");
        if (!isHttp(base)) {
            return new Unusable("has no uri that can be asked (expected: http or https with a host, without a query)");
        }
        return switch (token(settings.path("token").asText(), environment)) {
            case Outcome.Failed(var reason) -> new Unusable("has no token: " + reason);
            case Outcome.Value(var token)
            when token.isEmpty() || !isHeaderText(token) -> new Unusable("has no token that fits a header");
            case Outcome.Value(var token) -> {
                var namespace = settings.path("namespace").asText();
                yield isHeaderText(namespace)
                        ? new Usable(
                                base,
                                settings.path("prefix").asText().replaceAll("^/+|/+$", ""),
                                token,
                                namespace.isEmpty() ? null : namespace)
                        : new Unusable("has a namespace that fits no header");
            }
        };
    }

    private static Outcome token(String text, Environment environment) {
        return SecretReference.isEnvironment(text) && Reference.parse(text) instanceof Reference.Environment variable
                ? environment.read(variable)
                : new Outcome.Value(text);
    }

    private static boolean isHttp(String base) {
        try {
            var uri = new URI(base);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isHeaderText(String text) {
        return text.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f);
    }
}
