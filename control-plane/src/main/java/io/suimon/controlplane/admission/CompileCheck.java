package io.suimon.controlplane.admission;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
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
    private Runtime runtime = Runtime.EMPTY;
    private Map<String, StoredEntry> compiled = new HashMap<>();
    private long revision;

    CompileCheck(RuntimeCompiler compiler) {
        this.compiler = compiler;
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

    /** A view that is not newer has nothing to add: another caller was faster. */
    private void advance(MirrorView view) {
        if (view.revision() == revision) {
            return;
        }
        var entries = HashMap.<String, StoredEntry>newHashMap(compiled.size());
        var puts = new ArrayList<StoredResource>();
        for (var entry : view.range("")) {
            entries.put(entry.path(), entry);
            var before = compiled.remove(entry.path());
            if (before == null || before.modRevision() != entry.modRevision()) {
                resource(entry).ifPresent(puts::add);
            }
        }
        var removals = compiled.keySet().stream()
                .flatMap(path -> ResourceKey.ofPath(path).stream())
                .toList();
        runtime = compiler.apply(runtime, new ConfigChange(view.revision(), false, puts, removals))
                .runtime();
        compiled = entries;
        revision = view.revision();
    }

    private static Optional<StoredResource> resource(StoredEntry entry) {
        return ResourceKey.ofPath(entry.path())
                .map(key -> new StoredResource(key, entry.createRevision(), entry.modRevision(), entry.value()));
    }
}
