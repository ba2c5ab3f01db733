package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel knows of connections: whoever holds one shows here, whatever he believes. */
final class OpenSockets {

    private static final String ESTABLISHED = "01";
    private static final String CLOSED_BY_THE_OTHER = "08";

    private OpenSockets() {}

    /** How many connections to this port are open at the end that made them. */
    static long to(int port) throws IOException {
        return of(Path.of("/proc/net/tcp"), port) + of(Path.of("/proc/net/tcp6"), port);
    }

    private static long of(Path table, int port) throws IOException {
        if (!Files.exists(table)) {
            return 0;
        }
        var remote = String.format(":%04X", port);
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(line -> line.strip().split("\\s+", -1))
                    .filter(columns -> columns[2].endsWith(remote))
                    .filter(columns -> columns[3].equals(ESTABLISHED) || columns[3].equals(CLOSED_BY_THE_OTHER))
                    .count();
        }
    }
}
