package io.suimon.process;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class in whose time Netty found buffers that were dropped without being released. Found by JUnit for every class.
 *
 * <p>A buffer is missed when the collector takes it: what one class drops may be held against the next one, but it is held against one.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {

    private static final int PATIENCE_MILLIS = 1_000;
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new IllegalStateException(
                    "io.netty.leakDetection.level: " + ResourceLeakDetector.getLevel() + " (expected: PARANOID)");
        }
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + "\n" + records));
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            collect();
            PooledByteBufAllocator.DEFAULT.directBuffer(1).release(); // who allocates looks for what was dropped
        }
        if (!LEAKS.isEmpty()) {
            var found = List.copyOf(LEAKS);
            LEAKS.clear();
            throw new AssertionError("buffers dropped without release: " + found);
        }
    }

    /** Collects, and waits until that is known to those who wait for what is dropped: the collector tells them later, by a thread of its own. */
    private static void collect() throws InterruptedException {
        var told = new ReferenceQueue<Object>();
        var dropped = new PhantomReference<>(new Object(), told);
        try {
            System.gc();
            told.remove(PATIENCE_MILLIS);
        } finally {
            Reference.reachabilityFence(dropped);
        }
    }
}
