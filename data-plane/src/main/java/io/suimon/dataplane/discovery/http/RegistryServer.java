package io.suimon.dataplane.discovery.http;

import io.suimon.process.InvalidSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One server of a registry. Prints without what it is logged in with.
 *
 * @param url {@code http://host:port} and perhaps a path, without a slash at the end and without a user
 * @param login null for none
 */
public record RegistryServer(String url, @Nullable Login login) {

    private static final String EXPECTED = "http[s]://[user:password@]host[:port][/path]";
    private static final int MAX_PORT = 65_535;

    /** A user's name and password. Prints neither. */
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    /**
     * The servers that a setting names.
     *
     * @throws InvalidSettingException when one is none; its password is not shown
     */
    public static List<RegistryServer> parse(String setting, List<String> texts) {
        if (texts.isEmpty()) {
            throw new InvalidSettingException(setting, "[]", "at least one server");
        }
        return texts.stream().map(text -> parse(setting, text.strip())).toList();
    }

    private static RegistryServer parse(String setting, String text) {
        try {
            var uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http
                    || uri.getHost() == null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || uri.getPort() == 0
                    || uri.getPort() > MAX_PORT) {
                throw new InvalidSettingException(setting, shown(text), EXPECTED);
            }
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            var path = uri.getRawPath().replaceAll("/+$", "");
            return new RegistryServer(uri.getScheme() + "://" + uri.getHost() + port + path, login(uri));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new InvalidSettingException(setting, shown(text), EXPECTED);
        }
    }

    private static @Nullable Login login(URI uri) {
        var user = uri.getRawUserInfo();
        if (user == null) {
            return null;
        }
        int colon = user.indexOf(':');
        return colon < 0
                ? new Login(decoded(user), "")
                : new Login(decoded(user.substring(0, colon)), decoded(user.substring(colon + 1)));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String shown(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : "***" + text.substring(at);
    }

    /** A text as a part of a path, or of a query. */
    public static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return url;
    }
}
