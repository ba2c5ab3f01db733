package io.suimon.dataplane.sync;

import io.grpc.Status;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.suimon.proto.sync.v1.NodeStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a stream to some control plane for as long as this node lives: connects, resumes where the node is, gives up what is
 * silent, and tries again with growing pauses. Whether it succeeds is no condition for carrying traffic.
 *
 * <p>Everything happens on its one thread, compiling included, but for the pulse, which has its own; the accessors may be called by
 * any.
 */
public final class ConfigStreamClient implements ConfigStream.Listener, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ConfigStreamClient.class);
    private static final long SHORTEST_BEAT = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_BEAT = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final SyncConfig config;
    private final NodeDescription node;
    private final ConfigApplier applier;
    private final CurrentRuntime current;
    private final SyncCounters counters;
    private final Supplier<NodeActivity> activity;
    private final ControlPlaneChannels channels;
    private final BackOff backOff;
    private final ScheduledThreadPoolExecutor thread;
    private final ScheduledThreadPoolExecutor pulse;
    private volatile @Nullable ConfigStream stream;
    private @Nullable ControlPlaneAddress failed;
    private boolean complained;
    private volatile @Nullable String connectedTo;
    private volatile @Nullable Instant lastHeard;

    /**
     * @param activity is asked from time to time, on any thread
     * @throws IOException when the settings do not allow a connection; its message is one line for people
     */
    public ConfigStreamClient(
            SyncConfig config,
            NodeDescription node,
            ConfigApplier applier,
            CurrentRuntime current,
            SyncCounters counters,
            Supplier<NodeActivity> activity,
            RandomGenerator random)
            throws IOException {
        this.config = config;
        this.node = node;
        this.applier = applier;
        this.current = current;
        this.counters = counters;
        this.activity = activity;
        this.channels = new ControlPlaneChannels(config, random);
        this.backOff = new BackOff(config.backOff(), config.maxBackOff(), random);
        this.thread = executor("suimon-sync");
        this.pulse = executor("suimon-sync-pulse");
    }

    private static ScheduledThreadPoolExecutor executor(String name) {
        var executor =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory(name, true, ControlPlaneChannels.PRIORITY));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return executor;
    }

    /** Begins; returns at once. */
    public void start() {
        thread.execute(this::connect);
        long check = SilenceWatch.pause(config.silenceTimeout()).toMillis();
        var unused = thread.scheduleWithFixedDelay(this::checkSilence, check, check, TimeUnit.MILLISECONDS);
        pulse.execute(this::beat);
    }

    private void connect() {
        var address = channels.pick(failed);
        var channel = channels.open(address, thread);
        var silence = new SilenceWatch(config.silenceTimeout(), System::nanoTime);
        var opened = new ConfigStream(address, channel, channels.connection(), applier, silence, this);
        stream = opened;
        var unused = channels.stub(channel).stream(opened);
        opened.hello(node);
    }

    private void checkSilence() {
        var open = stream;
        if (open != null) {
            open.checkSilence();
        }
    }

    private void beat() {
        var open = stream;
        long due = open == null ? LONGEST_BEAT : open.pulse(config.statusInterval(), this::status);
        long pause = Math.max(SHORTEST_BEAT, Math.min(LONGEST_BEAT, due));
        if (!pulse.isShutdown()) {
            var unused = pulse.schedule(this::beat, pause, TimeUnit.NANOSECONDS);
        }
    }

    private NodeStatus status() {
        var now = activity.get();
        return NodeStatus.newBuilder()
                .setRevision(current.applied().revision())
                .setUptimeSeconds(now.uptimeSeconds())
                .setOpenConnections(now.openConnections())
                .setRequestsTotal(now.requestsTotal())
                .build();
    }

    @Override
    public void up(ConfigStream up) {
        counters.connects.increment();
        connectedTo = up.address().toString();
        complained = false;
        failed = null;
        LOG.infof("connected to control plane %s as %s", up.address(), node.id());
    }

    @Override
    public void heard() {
        lastHeard = Instant.now();
    }

    @Override
    public void ended(ConfigStream over, Status status) {
        counters.failures.increment();
        stream = null;
        connectedTo = null;
        failed = over.address();
        complain(over.address(), status);
        if (over.age().compareTo(config.maxBackOff()) >= 0) {
            backOff.reset();
        }
        // Two nodes with one id would push each other out for ever: at least slowly.
        var pause = status.getCode() == Status.Code.ALREADY_EXISTS ? backOff.longPause() : backOff.pause();
        var unused = thread.schedule(this::connect, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** One line when the connection is lost or cannot be had, none for each attempt after it. */
    private void complain(ControlPlaneAddress address, Status status) {
        if (complained) {
            LOG.debugf("control plane %s: %s", address, reason(status));
            return;
        }
        complained = true;
        // The client's own code failed on a message: that is a defect, and its trace is wanted.
        var defect = status.getCode() == Status.Code.CANCELLED ? status.getCause() : null;
        LOG.warnf(
                defect,
                "no connection to control plane %s: %s; running revision %d, trying again",
                address,
                reason(status),
                current.applied().revision());
    }

    private static String reason(Status status) {
        var text = status.getDescription() == null
                ? status.getCode().toString()
                : status.getDescription().lines().findFirst().orElse("");
        var cause = status.getCause();
        return cause == null || cause.getMessage() == null ? text : text + ": " + cause.getMessage();
    }

    /** The control plane this node is connected to; empty when there is none. */
    public Optional<String> connectedTo() {
        return Optional.ofNullable(connectedTo);
    }

    /** When a control plane last said anything: until then, what this node runs was certainly the newest. Empty for never. */
    public Optional<Instant> lastHeard() {
        return Optional.ofNullable(lastHeard);
    }

    /** Says goodbye and stops; what the node runs stays. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        pulse.shutdown();
        thread.execute(() -> {
            var open = stream;
            if (open != null) {
                open.close();
            }
            stream = null;
            connectedTo = null;
            thread.shutdown();
        });
        try {
            if (!thread.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                var unused = thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channels.close();
    }
}
