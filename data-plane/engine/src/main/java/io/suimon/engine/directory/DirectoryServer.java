package io.suimon.engine.directory;

/**
 * A directory, and how to speak to it.
 *
 * @param verify whether its certificate is verified, name included
 * @param timeoutMillis for each step: to connect, to shake hands, to get an answer
 */
public record DirectoryServer(
        DirectoryAddress address, Security security, boolean verify, int timeoutMillis, KeepAlive keepAlive) {

    /** What protects the connection. */
    public enum Security {
        NONE,
        /** From the first byte. */
        TLS,
        /** After the directory agreed (RFC 4511, 4.14); without, nothing is asked. */
        STARTTLS
    }

    /**
     * Which connections are used again.
     *
     * @param pool those of one name are kept apart from those of others
     * @param connections kept at most; 0 for none
     * @param idleMillis for how long
     */
    public record KeepAlive(String pool, int connections, int idleMillis) {

        /** For those who do not say. */
        public static final KeepAlive DEFAULT = new KeepAlive("", 5, 60_000);
    }
}
