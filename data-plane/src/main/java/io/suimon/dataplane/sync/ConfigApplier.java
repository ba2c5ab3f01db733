package io.suimon.dataplane.sync;

import io.quarkus.runtime.configuration.MemorySize;
import io.suimon.dataplane.control.ResourceDirectory;
import io.suimon.engine.compile.Compiled;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Rejection;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.proto.StateDigest;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Delta;
import io.suimon.proto.sync.v1.Heartbeat;
import io.suimon.proto.sync.v1.SnapshotChunk;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages from the control plane take effect: put together, verify, compile, swap, then hand to the disk copy.
 *
 * <p>All or nothing: a revision whose digest does not come out right changes nothing. One thread at a time, never an event loop.
 */
public final class ConfigApplier {

    private static final Answer NONE = new Answer.None();

    private final BiFunction<Runtime, ConfigChange, Compiled> compiler;
    private final CurrentRuntime current;
    private final Consumer<CopySource> keeper;
    private final SyncCounters counters;
    private final InstantSource clock;
    private final long maxResourceBytes;
    private final long maxConfigurationBytes;
    private final NodeState state = new NodeState();
    private @Nullable Transfer transfer;
    private boolean startOver;

    /**
     * @param compiler {@link io.suimon.engine.compile.RuntimeCompiler#apply}
     * @param keeper is told of each new configuration; must return at once, and may ask for it later, from any thread
     */
    public ConfigApplier(
            BiFunction<Runtime, ConfigChange, Compiled> compiler,
            CurrentRuntime current,
            Consumer<CopySource> keeper,
            SyncCounters counters,
            InstantSource clock,
            SyncConfig limits) {
        this.compiler = compiler;
        this.current = current;
        this.keeper = keeper;
        this.counters = counters;
        this.clock = clock;
        this.maxResourceBytes = bytes(limits.maxResourceSize());
        this.maxConfigurationBytes = bytes(limits.maxConfigurationSize());
    }

    private static long bytes(MemorySize size) {
        return size.asLongValue();
    }

    /** Takes over a configuration this node had before it was restarted; its digest has been verified. */
    public void restore(Configuration configuration) {
        var step = state.toward(configuration.storeId(), configuration.revision(), configuration.resources());
        apply(step, state.toCompile(step, configuration));
    }

    /** For each kind there has been, the newest revision at which one of it was written. May be called by any thread. */
    public Map<ResourceKind, Long> newestRevisions() {
        return state.newestRevisions();
    }

    /** What the node has, for people. */
    public ResourceDirectory resources() {
        return state;
    }

    /** What this node has to say of itself on a new stream: what it has, or nothing when that is not to be built on. */
    Configuration begin() {
        transfer = null;
        return startOver
                ? new Configuration("", 0, StateDigest.EMPTY, List.of())
                : new Configuration(state.storeId(), state.revision(), state.digest(), List.of());
    }

    Answer take(ControlMessage message) {
        var answer = switch (message.getMessageCase()) {
            case SNAPSHOT -> take(message.getSnapshot());
            case DELTA -> take(message.getDelta());
            case HEARTBEAT -> take(message.getHeartbeat());
            case MESSAGE_NOT_SET -> NONE; // One that a later version knows.
        };
        if (answer instanceof Answer.Resync) {
            counters.resyncs.increment();
            transfer = null;
            startOver = true;
        }
        return answer;
    }

    private Answer take(SnapshotChunk chunk) {
        var parts = chunk.getIndex() == 0 ? begun() : transfer();
        var violation = parts.add(chunk.getIndex(), chunk.getResourcesList(), List.of());
        if (violation.isPresent()) {
            return new Answer.Resync("snapshot: " + violation.get());
        }
        if (!chunk.getLast()) {
            return NONE;
        }
        transfer = null;
        if (chunk.getStoreId().isEmpty() || !parts.whole()) {
            return new Answer.Resync("snapshot: incomplete");
        }
        var step = state.toward(chunk.getStoreId(), chunk.getRevision(), parts.puts());
        return verified(step, StateDigest.of(chunk.getDigest())).orElseGet(() -> {
            startOver = false;
            counters.snapshots.increment();
            return applied(step);
        });
    }

    private Answer take(Delta delta) {
        if (delta.getFromRevision() != state.revision() || startOver) {
            return new Answer.Resync(
                    "delta from revision %d (expected: %d)".formatted(delta.getFromRevision(), state.revision()));
        }
        var parts = delta.getIndex() == 0 ? begun() : transfer();
        var violation = parts.add(delta.getIndex(), delta.getPutsList(), delta.getRemovalsList());
        if (violation.isPresent()) {
            return new Answer.Resync("delta: " + violation.get());
        }
        if (!delta.getLast()) {
            return NONE;
        }
        transfer = null;
        if (!parts.whole()) {
            return new Answer.Resync("delta: incomplete");
        }
        var step = state.after(delta.getToRevision(), parts.puts(), parts.removals());
        return verified(step, StateDigest.of(delta.getDigest())).orElseGet(() -> {
            counters.deltas.increment();
            return applied(step);
        });
    }

    private Transfer begun() {
        var begun = new Transfer(maxResourceBytes, maxConfigurationBytes);
        transfer = begun;
        return begun;
    }

    /** The transfer under way; without one, a fresh one refuses the part, whose number is not the first. */
    private Transfer transfer() {
        var running = transfer;
        return running == null ? begun() : running;
    }

    private static Optional<Answer> verified(NodeState.Step step, StateDigest expected) {
        return step.digest().equals(expected)
                ? Optional.empty()
                : Optional.of(new Answer.Resync("revision %d has digest %s (expected: %s)"
                        .formatted(step.change().revision(), step.digest(), expected)));
    }

    private Answer take(Heartbeat heartbeat) {
        if (startOver || state.storeId().isEmpty() || heartbeat.getRevision() < state.revision()) {
            return NONE;
        }
        if (!state.digest().equals(StateDigest.of(heartbeat.getDigest()))) {
            return new Answer.Resync("revision %d has digest %s (expected: %s)"
                    .formatted(state.revision(), state.digest(), StateDigest.of(heartbeat.getDigest())));
        }
        if (heartbeat.getRevision() == state.revision()) {
            return heartbeat.getAckWanted() ? new Answer.Acknowledge(ack()) : NONE;
        }
        state.confirm(heartbeat.getRevision());
        // The disk copy may stay behind: it is the same configuration, and its digest says so.
        current.confirm(heartbeat.getRevision());
        return new Answer.Acknowledge(ack());
    }

    private Answer applied(NodeState.Step step) {
        apply(step, state.toCompile(step));
        keeper.accept(state::toKeep);
        return new Answer.Acknowledge(ack());
    }

    private void apply(NodeState.Step step, ConfigChange change) {
        var compiled = withRejections(compiler.apply(current.runtime(), change), state.rejections());
        state.take(step);
        current.swap(compiled, step.storeId(), step.change().revision(), step.digest(), clock.instant());
    }

    private static Compiled withRejections(Compiled compiled, List<Rejection> more) {
        if (more.isEmpty()) {
            return compiled;
        }
        var all = new ArrayList<>(compiled.rejections());
        all.addAll(more);
        return new Compiled(compiled.runtime(), all);
    }

    private Ack ack() {
        var report = rejections();
        return Ack.newBuilder()
                .setRevision(state.revision())
                .setDigest(state.digest().toMessage())
                .setRejectionsTotal(report.total())
                .addAllRejections(report.messages())
                .build();
    }

    /** What is at its last good form, or nowhere, now. */
    RejectionReport rejections() {
        return new RejectionReport(current.applied().rejections());
    }
}
