package io.suimon.dataplane.discovery.dns;

import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that a file names, as {@code /etc/resolv.conf} does, read again when it changed. It is looked at by a thread of its own,
 * for files may block.
 */
final class ServersFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServersFile.class);

    /** Between two looks. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    /** What tells one form of a file from another, without reading it. */
    private record Form(
            FileTime written, long size, @Nullable Object file) {}

    private final Path path;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Form seen;
    private @Nullable Thread thread;

    /** The file as it is now: what is read of it after this is no change. */
    ServersFile(Path path) {
        this.path = path;
        this.seen = look();
    }

    /** The servers it names. */
    List<InetSocketAddress> read() {
        return DnsServers.inFile(path);
    }

    /** The servers it names now, where it changed since the last look; what names none is said once, and passed over. */
    Optional<List<InetSocketAddress>> changed() {
        var now = look();
        if (now == null || now.equals(seen)) {
            return Optional.empty();
        }
        seen = now;
        try {
            return Optional.of(read());
        } catch (InvalidSettingException e) {
            LOG.warn("{}; the servers known before are asked", e.getMessage());
            return Optional.empty();
        }
    }

    /** Null where there is none right now, as when it is being replaced. */
    private @Nullable Form look() {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Form(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return null;
        }
    }

    /** Passes on what it names whenever that changed; once, and until it is closed. */
    void follow(Duration pause, Consumer<List<InetSocketAddress>> taker) {
        thread = Thread.ofVirtual().name("suimon-discovery-dns-servers").start(() -> {
            try {
                while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    changed().ifPresent(taker);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Looks no more; nothing is passed on behind this. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
