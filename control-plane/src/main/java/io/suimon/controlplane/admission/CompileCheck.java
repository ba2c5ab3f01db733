package io.suimon.controlplane.admission;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Refuses what a node would refuse: compiles the change on top of everything there is, with the nodes' own compiler.
 *
 * <p>Keeps the runtime of the view it was asked about last, and brings it up to the next one by their difference. One caller at a
 * time compiles; the others wait.
 */
final class CompileCheck {

    private final RuntimeCompiler compiler;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private Runtime runtime = Runtime.EMPTY;
    private EntryTree compiled = EntryTree.empty();
    private long revision;

    CompileCheck(RuntimeCompiler compiler) {
        this.compiler = compiler;
    }

    /** Compiles a view ahead of the first change to it. */
    void prepare(MirrorView view) {
        lock.lock();
        try {
            advance(view);
        } finally {
            lock.unlock();
        }
    }

    Optional<Verdict.Refused> review(Candidate candidate, MirrorView view) {
        lock.lock();
        try {
            advance(view);
            var key = candidate.resource().key();
            long next = revision + 1;
            var present = compiled.get(key.path());
            long created = present == null ? next : present.createRevision();
            var put = new StoredResource(key, created, next, candidate.json());
            return compiler.review(runtime, put).stream()
                    .findFirst()
                    .map(violation -> Verdict.Refused.because(violation.message()));
        } finally {
            lock.unlock();
        }
    }

    /** Time grows with what changed between the view asked about last and this one. */
    private void advance(MirrorView view) {
        var next = view.entries();
        if (view.revision() == revision && next == compiled) {
            return;
        }
        var puts = new ArrayList<StoredResource>();
        var removals = new ArrayList<ResourceKey>();
        for (var difference : compiled.differencesTo(next)) {
            var after = difference.after();
            if (after == null) {
                ResourceKey.ofPath(difference.path()).ifPresent(removals::add);
            } else {
                resource(after).ifPresent(puts::add);
            }
        }
        runtime = compiler.apply(runtime, new ConfigChange(view.revision(), false, puts, removals))
                .runtime();
        compiled = next;
        revision = view.revision();
    }

    private static Optional<StoredResource> resource(StoredEntry entry) {
        return ResourceKey.ofPath(entry.path())
                .map(key -> new StoredResource(key, entry.createRevision(), entry.modRevision(), entry.value()));
    }
}
