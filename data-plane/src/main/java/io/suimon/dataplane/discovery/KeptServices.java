package io.suimon.dataplane.discovery;

import io.suimon.dataplane.cache.KeptFile;
import io.suimon.engine.resource.Upstream.Discovery;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps on disk what registries said last, so that a node that is restarted while they are gone has endpoints all the same. A disk
 * that cannot be written costs a log line and a count, nothing else.
 *
 * <p>Thread-safe; writes on its own thread, {@value #PAUSE_SECONDS} s apart at least.
 */
public final class KeptServices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptServices.class);

    /** The file's name in the folder of the disk copy. */
    public static final String FILE = "services.bin";

    /** Services beyond are not kept. */
    public static final int MAX_BYTES = 64 << 20;

    private static final long PAUSE_SECONDS = 2;
    private static final long STOP_SECONDS = 5;

    private final KeptFile file;
    private final AtomicBoolean changed = new AtomicBoolean();
    private final LongAdder failures = new LongAdder();
    private final ScheduledThreadPoolExecutor thread;
    private Supplier<Collection<KeptService>> services = List::of;
    private boolean failing;

    public KeptServices(KeptFile file) {
        this.file = file;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("suimon-services").factory());
    }

    /** What was kept, by service; nothing where it cannot be read, which is said in one line. */
    Map<Discovery, KeptService.Said> read() {
        var kept = new HashMap<Discovery, KeptService.Said>();
        try {
            var content = file.read();
            if (content.isPresent()) {
                for (var one : KeptJson.read(content.get())) {
                    kept.put(one.service(), one.said());
                }
            }
            if (file.isToBeSealed()) {
                changed();
            }
        } catch (IOException e) {
            LOG.warn("{} is passed over: {}", file, e.getMessage());
        }
        return kept;
    }

    /** Begins to write. */
    void start(Supplier<Collection<KeptService>> now) {
        services = now;
        var unused = thread.scheduleWithFixedDelay(this::write, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    /** There is something else to keep. Returns at once. */
    void changed() {
        changed.set(true);
    }

    /** Writes that failed. */
    long failures() {
        return failures.sum();
    }

    private void write() {
        if (!changed.getAndSet(false)) {
            return;
        }
        try {
            file.write(KeptJson.write(services.get(), MAX_BYTES));
            if (failing) {
                LOG.info("{} is written again", file);
            }
            failing = false;
        } catch (IOException e) {
            changed.set(true);
            failures.increment();
            if (!failing) {
                LOG.warn("{} cannot be written, a restart would find older endpoints: {}", file, e.toString());
            }
            failing = true;
        }
    }

    /** Writes what is still to be written, then stops. */
    @Override
    public void close() {
        thread.execute(this::write);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                var unused = thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
