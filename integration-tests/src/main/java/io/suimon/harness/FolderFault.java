package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts a small file system of its own over a folder, with the generations and the name the folder holds, that is full or can only be
 * read: by permissions alone root is not stopped. Taken away, the folder is as it was before. Thread-safe.
 */
public final class FolderFault {

    private static final long SPARE_KIB = 256;
    private static final Set<Path> COVERED = ConcurrentHashMap.newKeySet();

    private FolderFault() {}

    /** Why it cannot be done here, for people: what it needs; empty when it can. */
    public static Optional<String> obstacle() {
        if (!Commands.isRoot()) {
            return Optional.of("needs root");
        }
        try {
            var folder = Files.createTempDirectory("suimon-mount");
            try {
                mount(folder, 1);
                uncover(folder);
                return Optional.empty();
            } finally {
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            return Optional.of("needs a root that may mount");
        }
    }

    /** No byte more can be written to it. */
    public static void fill(Path folder) throws IOException {
        cover(folder);
        try (var filler = Files.newOutputStream(folder.resolve("filler"))) {
            var block = new byte[4096];
            while (true) {
                filler.write(block);
            }
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    /** Nothing can be written to it, or removed from it. */
    public static void makeReadOnly(Path folder) throws IOException {
        cover(folder);
        Commands.output(List.of("mount", "-o", "remount,ro", folder.toString()));
    }

    private static void cover(Path folder) throws IOException {
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".bin")
                            || file.getFileName().toString().equals("node-id"))
                    .toList();
        }
        var contents = new java.util.LinkedHashMap<Path, byte[]>();
        long bytes = 0;
        for (var file : files) {
            contents.put(file, Files.readAllBytes(file));
            bytes += Files.size(file);
        }
        mount(folder, bytes / 1024 + 4L * files.size() + SPARE_KIB);
        for (var content : contents.entrySet()) {
            Files.write(content.getKey(), content.getValue());
        }
    }

    private static void mount(Path folder, long kib) {
        Commands.output(List.of("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", RunMark.own(), folder.toString()));
        COVERED.add(folder);
    }

    /** The folder is as it was before; nothing where it is so already. */
    public static void uncover(Path folder) {
        if (COVERED.remove(folder)) {
            unmount(folder.toString());
        }
    }

    /** Every folder is as it was before. */
    public static void uncoverAll() {
        COVERED.forEach(FolderFault::uncover);
    }

    /** Removes what runs left that ended without. */
    public static void removeLeftovers() {
        if (!Commands.isRoot()) {
            return;
        }
        try {
            Files.readAllLines(Path.of("/proc/mounts")).stream()
                    .map(line -> line.split(" ", -1))
                    .filter(fields -> RunMark.isLeftOver(fields[0]))
                    .forEach(fields -> unmount(fields[1].replace("\\040", " ")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Also when a process has a file of it open at this moment. */
    private static void unmount(String folder) {
        Commands.output(List.of("umount", "-l", folder));
    }
}
