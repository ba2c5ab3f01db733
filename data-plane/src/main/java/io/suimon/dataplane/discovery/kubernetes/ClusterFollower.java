package io.suimon.dataplane.discovery.kubernetes;

import io.suimon.dataplane.discovery.kubernetes.ApiClient.StatusException;
import io.suimon.dataplane.sync.BackOff;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a table like what a cluster has: lists all once, then watches from there. A watch that ends is begun again where it ended; where
 * the cluster does not know that place any more, all is listed again and only what differs is told.
 *
 * <p>Runs on a virtual thread of its own until it is closed.
 */
final class ClusterFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterFollower.class);

    private static final int GONE = 410;

    /** A watch that says nothing and ends sooner is no good one: the next begins after a pause. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Times times;
    private final EndpointTable table;
    private final FollowedServices services;
    private final BackOff pauses;
    private final ApiReader reader;
    private final Thread thread;
    private @Nullable ApiClient client;
    private String version = ""; // from which to watch; empty where all is to be listed
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * How long things take.
     *
     * @param timeout for an answer to begin, and for all of a list's part
     * @param watch for a watch to end by itself
     */
    record Times(Duration timeout, Duration watch) {}

    ClusterFollower(Cluster cluster, Times times, EndpointTable table, FollowedServices services, BackOff pauses) {
        this.cluster = cluster;
        this.times = times;
        this.table = table;
        this.services = services;
        this.pauses = pauses;
        this.reader = new ApiReader(cluster.slices());
        this.thread = Thread.ofVirtual().name(cluster.name()).unstarted(this::run);
    }

    /** Begins; once. */
    void start() {
        thread.start();
    }

    private void run() {
        try {
            var pause = Duration.ZERO;
            while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                boolean well = round();
                if (well) {
                    pauses.reset();
                }
                pause = well ? Duration.ZERO : pauses.pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    /** Lists, where there is need to, and watches. Whether it went well. */
    private boolean round() throws InterruptedException {
        try {
            if (version.isEmpty()) {
                version = list();
                nowKnown();
            }
            return watch();
        } catch (StatusException e) {
            if (e.status() == GONE) {
                version = "";
            } else {
                failed(e);
            }
        } catch (IOException e) {
            failed(e);
        } catch (RuntimeException e) {
            // A defect, but one that must not end the following of a cluster.
            LOG.error("{}: a defect", cluster.name(), e);
            version = "";
            failed(new IOException("a defect of this node"));
        }
        return false;
    }

    private String list() throws IOException, InterruptedException {
        var all = new Listed(cluster.namespaces());
        var part = new ApiReader.Part("", "");
        do {
            part = list(part.position(), all);
        } while (!part.position().isEmpty());
        services.changed(table.replace(all.objects()));
        return part.version();
    }

    private ApiReader.Part list(String position, Listed all) throws IOException, InterruptedException {
        try (var body = connected().get(cluster.paths().list(position));
                var deadline = new Deadline(body, times.timeout())) {
            try {
                return reader.list(new BufferedInputStream(body), all);
            } catch (IOException e) {
                throw deadline.passed() ? new IOException("a list took more than " + times.timeout(), e) : e;
            }
        }
    }

    private boolean watch() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        boolean spoke = false;
        try (var body = connected()
                        .get(cluster.paths()
                                .watch(version, Math.max(1, times.watch().toSeconds())));
                var deadline = new Deadline(body, times.watch().plus(times.timeout()))) {
            nowKnown();
            var lines = new BufferedInputStream(body);
            try {
                for (var event = reader.event(lines); event != null; event = reader.event(lines)) {
                    if (!take(event)) {
                        version = "";
                        return spoke;
                    }
                    spoke = true;
                }
            } catch (IOException e) {
                throw deadline.passed() ? new IOException("a watch did not end in time", e) : e;
            }
            if (deadline.passed()) {
                throw new IOException("a watch did not end in time");
            }
        }
        return spoke || System.nanoTime() - begun > SHORT.toNanos();
    }

    /** Whether the watch can go on. */
    private boolean take(WatchEvent event) throws IOException {
        switch (event) {
            case WatchEvent.Put(var object, var at) -> {
                services.changed(cluster.namespaces().counts(object) ? put(object) : table.remove(object.name()));
                advance(at);
            }
            case WatchEvent.Removed(var name, var at) -> {
                services.changed(table.remove(name));
                advance(at);
            }
            case WatchEvent.Bookmark(var at) -> advance(at);
            case WatchEvent.Expired() -> {
                return false;
            }
            case WatchEvent.Unknown() -> {
                version = "";
                throw new IOException("an event that is not known");
            }
        }
        return true;
    }

    private Set<String> put(EndpointObject object) throws IOException {
        var changed = table.put(object);
        if (table.isOverfull()) {
            version = "";
            throw Listed.tooMany();
        }
        return changed;
    }

    private void advance(String to) {
        if (!to.isEmpty()) {
            version = to;
        }
    }

    private void nowKnown() {
        if (services.known()) {
            LOG.info("{}: {} objects at {}", cluster.name(), table.size(), cluster.server());
        }
    }

    private void failed(IOException cause) {
        disconnect(); // certificates and what is broken are looked at anew
        if (closing.getCount() == 0) {
            return;
        }
        var reason = "%s: %s: %s".formatted(cluster.name(), cluster.server(), text(cause));
        if (services.failed(reason)) {
            LOG.warn("{}, what was known counts on", reason);
        }
    }

    /** One line, which is not always what exceptions have. */
    private static String text(IOException cause) {
        var message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private ApiClient connected() throws IOException {
        var there = client;
        if (there == null) {
            there = new ApiClient(cluster.trust(), cluster.token(), times.timeout());
            client = there;
        }
        return there;
    }

    private void disconnect() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }
}
