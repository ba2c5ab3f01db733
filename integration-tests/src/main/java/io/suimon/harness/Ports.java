package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Ports that belong to this process for as long as it runs: nobody else takes one between its choice and the moment a program listens
 * on it.
 *
 * <p>They lie below those that the system gives to connections, and each is one locked byte of a file that all such processes of a
 * user share. A port is never given away twice. Thread-safe.
 */
public final class Ports {

    private static final int LOWEST = 11_000;
    private static final int HIGHEST = 32_767;
    private static final int MIN_OFFSET = 10_000;
    private static final int MAX_OFFSET = 22_000;
    private static final int MAX_ATTEMPTS = 1_000;

    /** Never closed: with it all locks would be gone. */
    private static final FileChannel LOCKS = open();

    private Ports() {}

    private static FileChannel open() {
        try {
            return FileChannel.open(
                    Path.of(System.getProperty("java.io.tmpdir"), "suimon-ports-" + System.getProperty("user.name")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many different free ports of the loopback address. */
    public static List<Integer> free(int count) {
        var found = Stream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1))
                .limit(MAX_ATTEMPTS)
                .filter(Ports::claim)
                .limit(count)
                .toList();
        if (found.size() < count) {
            throw new IllegalStateException("%d of %d ports are free in %d attempts between %d and %d"
                    .formatted(found.size(), count, MAX_ATTEMPTS, LOWEST, HIGHEST));
        }
        return found;
    }

    /**
     * How far to move ports so that all of them are free, and belong to this process. Moved ones lie below those the system gives to
     * connections.
     *
     * @param ports between 7,000 and 10,700
     */
    public static int offset(List<Integer> ports) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int offset = ThreadLocalRandom.current().nextInt(MIN_OFFSET, MAX_OFFSET);
            if (ports.stream().allMatch(port -> claim(port + offset))) {
                return offset;
            }
        }
        throw new IllegalStateException("no offset at which " + ports + " are free");
    }

    private static boolean claim(int port) {
        try {
            return LOCKS.tryLock(port, 1, false) != null && isFree(port);
        } catch (OverlappingFileLockException e) {
            return false; // given away before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
