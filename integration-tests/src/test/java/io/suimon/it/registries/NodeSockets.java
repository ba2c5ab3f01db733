package io.suimon.it.registries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The TCP connections that a process holds, as the kernel lists them. */
final class NodeSockets {

    private static final int REMOTE = 2;
    private static final int INODE = 9;
    private static final int HEX = 16;

    private NodeSockets() {}

    /** How many a process has to a port. */
    static long to(int port, long pid) throws IOException {
        var own = inodes(pid);
        long found = 0;
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            found += Files.readAllLines(Path.of(table)).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> remotePort(fields) == port && own.contains(fields[INODE]))
                    .count();
        }
        return found;
    }

    private static int remotePort(String[] fields) {
        return Integer.parseInt(fields[REMOTE].substring(fields[REMOTE].indexOf(':') + 1), HEX);
    }

    private static Set<String> inodes(long pid) throws IOException {
        var found = new HashSet<String>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (var descriptor : descriptors) {
                var target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    found.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return found;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return ""; // closed meanwhile
        }
    }
}
