package io.suimon.dataplane.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The folder a node owns: small files written whole or not at all, readable by nobody else. One node at a time, by a lock that ends
 * with the process.
 */
public final class CacheFolder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CacheFolder.class);
    private static final String SETTING = "suimon.cache.path";
    private static final Pattern GENERATION = Pattern.compile("configuration-\\d{12}\\.bin");
    private static final String STEPS = ".steps";
    private static final String UNFINISHED = ".tmp";
    private static final int TEXT_BYTES = 4096;

    private final Path path;
    private final @Nullable FileChannel lock;

    private CacheFolder(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    /**
     * Makes the folder this node's own. One that is there and cannot be written is read all the same: a full or broken disk does not
     * keep a node from starting.
     *
     * @throws IOException when there is none, or another node has it; its message is one line for people
     */
    public static CacheFolder open(Path path) throws IOException {
        try {
            Files.createDirectories(path);
            if (!Files.isReadable(path)) {
                throw new java.nio.file.AccessDeniedException(path.toString());
            }
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(
                    "%s: %s (expected: a folder that can be written): %s"
                            .formatted(SETTING, path, e.getClass().getSimpleName()),
                    e);
        }
        var folder = new CacheFolder(path, lock(path));
        folder.removeUnfinished();
        return folder;
    }

    /** Null when the folder cannot be written. */
    private static @Nullable FileChannel lock(Path path) throws IOException {
        FileChannel lock;
        try {
            lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.warnf("%s: %s cannot be written, it is only read: %s", SETTING, path, e);
            return null;
        }
        if (!locked(lock)) {
            lock.close();
            throw new IOException("%s: %s (expected: a folder that no other node uses)".formatted(SETTING, path));
        }
        return lock;
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock held = file.tryLock();
            return held != null;
        } catch (java.nio.channels.OverlappingFileLockException e) {
            return false;
        }
    }

    private void removeUnfinished() {
        try (var files = Files.list(path)) {
            for (var file : files.filter(CacheFolder::isLeftOver).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debugf("unfinished files in %s stay: %s", path, e);
        }
    }

    /** Something unfinished, or steps whose generation is gone. */
    private static boolean isLeftOver(Path file) {
        var name = file.toString();
        return name.endsWith(UNFINISHED)
                || (name.endsWith(STEPS) && !Files.exists(Path.of(name.substring(0, name.length() - STEPS.length()))));
    }

    /** Where the steps are that follow a generation. */
    static Path stepsOf(Path generation) {
        return generation.resolveSibling(generation.getFileName() + STEPS);
    }

    /** Removes a generation and its steps; never steps without the generation, so that no other can come to have them. */
    void remove(Path generation) throws IOException {
        Files.deleteIfExists(stepsOf(generation));
        Files.deleteIfExists(generation);
    }

    /** The generations there are, the newest first. */
    List<Path> generations() throws IOException {
        try (var files = Files.list(path)) {
            return files.filter(file ->
                            GENERATION.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString())
                            .reversed())
                    .toList();
        }
    }

    /** The name of the generation after these. */
    static String nameAfter(List<Path> generations) {
        long newest = generations.isEmpty()
                ? 0
                : Long.parseLong(generations.getFirst().getFileName().toString().replaceAll("\\D", ""));
        return "configuration-%012d.bin".formatted(newest + 1);
    }

    /** A small text kept under this name; empty when there is none. */
    public Optional<String> readText(String name) throws IOException {
        var file = path.resolve(name);
        if (!Files.isRegularFile(file) || Files.size(file) > TEXT_BYTES) {
            return Optional.empty();
        }
        return Optional.of(Files.readString(file).strip());
    }

    /** Keeps a small text under this name. */
    public void writeText(String name, String text) throws IOException {
        write(name, file -> {
            var bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        });
    }

    /** Writes a file whole or not at all: it is on the disk, under its name, when this returns. Returns where. */
    Path write(String name, Content content) throws IOException {
        var unfinished = unfinished(name);
        var whole = path.resolve(name);
        boolean moved = false;
        try {
            try (var file = create(unfinished)) {
                content.writeTo(file);
                file.force(true);
            }
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
            force();
            return whole;
        } finally {
            if (!moved) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** An empty file for this process's user only, to be written. Its name may not yet be on the disk: see {@link #force}. */
    FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                java.util.Set.of(
                        StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                ownerOnly());
    }

    /** Where something is put that is not whole yet; such files are removed at the next start. */
    Path unfinished(String name) {
        return path.resolve(name + UNFINISHED);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Returns when the names of new files are on the disk, too. */
    void force() throws IOException {
        try (var folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
