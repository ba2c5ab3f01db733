package io.suimon.engine.directory;

/** Where a directory listens. */
public record DirectoryAddress(String host, int port) {

    private static final String PLAIN = "ldap://";
    private static final String ENCRYPTED = "ldaps://";
    private static final int LAST_PORT = 65_535;

    /** Whether this text asks for TLS by its scheme. */
    public static boolean asksForTls(String uri) {
        return uri.startsWith(ENCRYPTED);
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code [IPv6]:port}, or one of them behind {@code ldap://} or {@code ldaps://}. Any text is
     * an address, as with APISIX; one that makes no sense is a host nobody knows.
     */
    public static DirectoryAddress parse(String uri, int defaultPort) {
        var text = withoutScheme(uri);
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        if (colon < 0 || (bracketed ? text.indexOf(']') > colon : text.indexOf(':') != colon)) {
            return new DirectoryAddress(withoutBrackets(text), defaultPort);
        }
        int port = port(text.substring(colon + 1));
        return port == 0
                ? new DirectoryAddress(text, defaultPort)
                : new DirectoryAddress(withoutBrackets(text.substring(0, colon)), port);
    }

    private static String withoutScheme(String uri) {
        var rest = uri;
        if (uri.startsWith(PLAIN)) {
            rest = uri.substring(PLAIN.length());
        } else if (asksForTls(uri)) {
            rest = uri.substring(ENCRYPTED.length());
        }
        return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port <= LAST_PORT ? port : 0;
    }
}
