package io.suimon.controlplane.admission;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.Guard;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.Parsed;
import io.suimon.engine.resource.ResourceParser;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/**
 * Reviews changes against a view: schema, references, plugins, uniqueness, owner, and at last whether the nodes could run it.
 *
 * <p>Thread-safe. What it says is true of the view; the guards of its verdict make it true of the commit.
 */
@Singleton
public final class Admission {

    private final ResourceParser parser;
    private final ReferenceCheck references = new ReferenceCheck();
    private final DeletionCheck deletion = new DeletionCheck();
    private final List<Check> checks;
    private final CompileCheck compile;
    private final PluginCheck plugins;
    private final RuntimeCompiler compiler;

    public Admission(ResourceParser parser, PluginCatalog catalog, RuntimeCompiler compiler) {
        this.parser = parser;
        this.plugins = new PluginCheck(catalog);
        this.compiler = compiler;
        this.checks = List.of(references, plugins, new UniquenessCheck(catalog), new OwnerCheck());
        this.compile = new CompileCheck(compiler);
    }

    /** Compiles a view ahead of the first change to it, which otherwise waits for that: seconds, with 100,000 routes. */
    public void prepare(MirrorView view) {
        compile.prepare(view.plain());
    }

    /** Judges a change, whose secrets are plain, on a view. */
    public Verdict review(Change change, MirrorView view) {
        var plain = view.plain();
        return switch (change) {
            case Change.Put put -> put(put, plain);
            case Change.Delete delete -> delete(delete, plain);
        };
    }

    /**
     * A review of resources that do not know each other.
     *
     * @param metadata of the plugins they may have
     */
    public SoloReview alone(List<Change.Put> metadata) {
        return new SoloReview(parser, plugins, compiler, metadata);
    }

    private Verdict put(Change.Put put, MirrorView view) {
        var json = put.json();
        return switch (parser.parse(put.key(), json)) {
            case Parsed.Refused(var violations) ->
                Verdict.Refused.because(violations.getFirst().message());
            case Parsed.Accepted(var resource) -> review(new Candidate(resource, json), view);
        };
    }

    private Verdict review(Candidate candidate, MirrorView view) {
        var objects = new StoredObjects(view);
        for (var check : checks) {
            var refusal = check.review(candidate, objects);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        var refusal = compile.review(candidate, view);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return new Verdict.Admitted(references.references(candidate.resource()).stream()
                .map(key -> view.get(key.path()))
                .filter(Objects::nonNull)
                .map(entry -> new Guard(entry.path(), entry.modRevision()))
                .toList());
    }

    private Verdict delete(Change.Delete delete, MirrorView view) {
        if (delete.force()) {
            return new Verdict.Admitted(List.of());
        }
        return deletion.check(delete.key(), new StoredObjects(view))
                .<Verdict>map(refused -> refused)
                .orElseGet(() -> new Verdict.Admitted(List.of()));
    }
}
