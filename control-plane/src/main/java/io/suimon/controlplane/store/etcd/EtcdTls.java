package io.suimon.controlplane.store.etcd;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.suimon.controlplane.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What TLS to etcd is made of: files that are read again when they changed. Files that cannot be used together, as in the middle of a
 * rotation, leave in force what was read before. Thread-safe.
 */
final class EtcdTls {

    private static final Logger LOG = Logger.getLogger(EtcdTls.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StoreConfig.Tls files;
    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by the lock.
    private @Nullable SslContext context;
    private List<String> seen = List.of();
    private long lookedAt = System.nanoTime();

    EtcdTls(StoreConfig.Tls files) {
        this.files = files;
    }

    Optional<String> serverName() {
        return files.serverName();
    }

    /** Of the newest files that could be used. */
    SslContext context() throws SSLException {
        lock.lock();
        try {
            var known = context;
            var found = stamps();
            if (known != null && found.equals(seen)) {
                return known;
            }
            try {
                var fresh = read();
                context = fresh;
                if (known != null) {
                    LOG.info("The TLS files for etcd changed and were read again");
                }
                return fresh;
            } catch (SSLException e) {
                if (known == null) {
                    throw e;
                }
                LOG.warn("The TLS files for etcd changed and cannot be used; those before stay in force: "
                        + e.getMessage());
                return known;
            } finally {
                seen = found;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether this is of the newest files that can be used; looks at them once in a while. */
    boolean isCurrent(SslContext used) {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (now - lookedAt < LOOK_EVERY_NANOS) {
                return used.equals(context);
            }
            lookedAt = now;
            return used.equals(context());
        } catch (SSLException e) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    private SslContext read() throws SSLException {
        var builder = GrpcSslContexts.forClient();
        try {
            if (files.caFile().isPresent()) {
                builder.trustManager(PemFile.certificates(files.caFile().get()));
            }
            if (files.certFile().isPresent() && files.keyFile().isPresent()) {
                builder.keyManager(
                        PemFile.privateKey(files.keyFile().get()),
                        PemFile.certificates(files.certFile().get()));
            }
            return builder.build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SSLException(e.getMessage(), e);
        }
    }

    /** What changes when a file does, links to it included. */
    private List<String> stamps() {
        var stamps = new ArrayList<String>();
        for (var file : List.of(files.caFile(), files.certFile(), files.keyFile())) {
            stamps.add(file.map(EtcdTls::stamp).orElse(""));
        }
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            return file.toRealPath() + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException e) {
            return "not readable";
        }
    }
}
