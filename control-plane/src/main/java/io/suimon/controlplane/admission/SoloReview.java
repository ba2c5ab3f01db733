package io.suimon.controlplane.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.resource.Parsed;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.StoredResource;
import io.suimon.engine.resource.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reviews resources each by itself: schema, plugins, and whether a node could run it. What it refers to is not looked for, nor who
 * else uses what it uses.
 *
 * <p>Thread-safe.
 */
public final class SoloReview {

    private static final long REVISION = 1;

    private final ResourceParser parser;
    private final PluginCheck plugins;
    private final RuntimeCompiler compiler;
    private final Map<String, ObjectNode> metadata = new HashMap<>();
    private final Runtime base;

    SoloReview(ResourceParser parser, PluginCheck plugins, RuntimeCompiler compiler, List<Change.Put> metadata) {
        this.parser = parser;
        this.plugins = plugins;
        this.compiler = compiler;
        metadata.forEach(put -> this.metadata.put(put.key().id(), put.value()));
        var puts = metadata.stream()
                .map(put -> new StoredResource(put.key(), REVISION, REVISION, put.json()))
                .toList();
        this.base = compiler.apply(Runtime.EMPTY, new ConfigChange(REVISION, false, puts, List.of()))
                .runtime();
    }

    /** The first thing that is wrong with a resource, in the words APISIX's clients know; empty when nothing is. */
    public Optional<String> refusal(Change.Put put) {
        var json = put.json();
        return switch (parser.parse(put.key(), json)) {
            case Parsed.Refused(var violations) ->
                Optional.of(violations.getFirst().message());
            case Parsed.Accepted(var resource) -> refusal(new Candidate(resource, json));
        };
    }

    private Optional<String> refusal(Candidate candidate) {
        var refused = plugins.refusal(candidate, name -> Optional.ofNullable(metadata.get(name)));
        if (refused.isPresent()) {
            return Optional.of(refused.get().message());
        }
        var put = new StoredResource(candidate.resource().key(), REVISION, REVISION, candidate.json());
        return compiler.review(base, put).stream().map(Violation::message).findFirst();
    }
}
