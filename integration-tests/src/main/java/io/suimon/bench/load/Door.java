package io.suimon.bench.load;

import java.nio.file.Path;

/**
 * Where a proxy takes requests, on loopback.
 *
 * @param port for HTTP
 * @param tlsPort for HTTPS, with a certificate of {@link #NAME}
 * @param folder for what a load has to write
 */
public record Door(int port, int tlsPort, Path folder) {

    /** The name of the host. */
    public static final String NAME = "localhost";

    static final String ADDRESS = "127.0.0.1";
}
