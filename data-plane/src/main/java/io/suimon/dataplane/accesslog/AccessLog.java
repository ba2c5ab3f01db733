package io.suimon.dataplane.accesslog;

import io.netty.util.concurrent.FastThreadLocal;
import io.suimon.dataplane.accesslog.LineBuffer.Chunk;
import io.suimon.dataplane.proxy.ExchangeLog;
import io.suimon.engine.expression.Template;
import io.suimon.engine.http.Exchange;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Writes a line for each exchange. Event loops fill buffers of their own, a thread of the log writes them: a file that is slow, full
 * or gone costs lines, which are counted, and never a request.
 *
 * <p>{@link #finished} is called on event loops, everything else on any thread.
 */
public final class AccessLog implements ExchangeLog, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AccessLog.class);
    private static final String PREFIX = "suimon.access-log.";
    private static final String COMBINED =
            "$remote_addr - $remote_user [$time_local] $http_host \"$request\" $status $body_bytes_sent $request_time"
                    + " \"$http_referer\" \"$http_user_agent\" $upstream_addr $upstream_status $upstream_response_time"
                    + " \"$request_id\"";
    private static final long CLOSE_MILLIS = 5_000;
    private static final Chunk WAKE_UP = new Chunk(new byte[0], 0, 0);

    private final Template format;
    private final Escape escape;
    private final LogFile file;
    private final long intervalNanos;
    private final BlockingQueue<Chunk> full;
    private final List<LineBuffer> buffers = new CopyOnWriteArrayList<>();
    private final LongAdder written = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Thread writer;
    private volatile boolean closing;
    private boolean failing;

    /** An event loop's own. */
    private final class Loop {
        private final LineBuffer lines = new LineBuffer(full);
        private final StringBuilder line = new StringBuilder(512);
    }

    private final FastThreadLocal<Loop> loops = new FastThreadLocal<>() {
        @Override
        protected Loop initialValue() {
            var loop = new Loop();
            buffers.add(loop.lines);
            return loop;
        }
    };

    private AccessLog(AccessLogConfig config, Template format) {
        this.format = format;
        this.escape = config.escape();
        this.file = new LogFile(config.path().orElse(null));
        this.intervalNanos = config.flushInterval().toNanos();
        this.full = new ArrayBlockingQueue<>(config.maxWaiting() / LineBuffer.BYTES);
        this.writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::run);
    }

    /**
     * Opens a log.
     *
     * @throws InvalidSettingException when the format asks for what is gone by then, or a bound is none
     */
    public static AccessLog open(AccessLogConfig config) {
        var line = config.format().orElse(COMBINED);
        var format = Template.parse(line + "\n");
        if (format.readsBody()) {
            throw new InvalidSettingException(PREFIX + "format", line, "no variable of the request's body");
        }
        if (!config.flushInterval().isPositive()) {
            throw new InvalidSettingException(PREFIX + "flush-interval", config.flushInterval(), "more than 0");
        }
        if (config.maxWaiting() < LineBuffer.BYTES) {
            throw new InvalidSettingException(
                    PREFIX + "max-waiting", config.maxWaiting(), "at least " + LineBuffer.BYTES);
        }
        var log = new AccessLog(config, format);
        log.writer.start();
        return log;
    }

    @Override
    public void finished(Exchange exchange) {
        var loop = loops.get();
        loop.line.setLength(0);
        format.render(exchange, loop.line, escape);
        if (!loop.lines.append(loop.line)) {
            dropped.increment();
        }
    }

    /** Lines that were written. */
    public long written() {
        return written.sum();
    }

    /** Lines that were not, for want of room or because the file failed. */
    public long dropped() {
        return dropped.sum();
    }

    private void run() {
        var chunks = new ArrayList<Chunk>();
        long drained = System.nanoTime();
        while (!closing) {
            long left = drained + intervalNanos - System.nanoTime();
            if (left <= 0) {
                drain(chunks);
                drained = System.nanoTime();
            } else {
                await(left, chunks);
            }
            write(chunks);
        }
        drain(chunks);
        write(chunks);
        closeFile();
    }

    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warnf("%s cannot be closed: %s", file, e);
        }
    }

    private void drain(List<Chunk> chunks) {
        buffers.forEach(buffer -> buffer.drainTo(chunks));
    }

    private void await(long nanos, List<Chunk> chunks) {
        try {
            var chunk = full.poll(nanos, TimeUnit.NANOSECONDS);
            if (chunk != null) {
                chunks.add(chunk);
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void write(List<Chunk> chunks) {
        for (var chunk : chunks) {
            try {
                file.follow();
                file.write(chunk.bytes(), chunk.length());
                written.add(chunk.lines());
                if (failing) {
                    failing = false;
                    LOG.infof("%s is written to again", file);
                }
            } catch (IOException e) {
                dropped.add(chunk.lines());
                if (!failing) {
                    failing = true;
                    LOG.warnf("%s cannot be written to, its lines are dropped and counted: %s", file, e);
                }
            }
        }
        chunks.clear();
    }

    /** Writes what there is, for a few seconds at most. */
    @Override
    public void close() {
        closing = true;
        full.offer(WAKE_UP); // where it is full the writer does not wait
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
