package io.suimon.controlplane.admission;

import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.Consumer;
import io.suimon.engine.resource.Credential;
import io.suimon.engine.resource.GlobalRule;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Refuses a key that somebody else authenticates by, and a plugin that another global rule has.
 *
 * <p>Which property that key is every plugin says for itself: {@link AuthPlugin#keyProperty}. Best effort, as in APISIX: two control planes that admit the same key at the same moment do not see each other.
 */
final class UniquenessCheck implements Check {

    private final PluginCatalog catalog;

    UniquenessCheck(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<Verdict.Refused> review(Candidate candidate, StoredObjects objects) {
        var own = candidate.resource().key();
        if (candidate.resource() instanceof GlobalRule) {
            return candidate.plugins().keySet().stream()
                    .flatMap(plugin -> otherRule(plugin, own, objects).stream())
                    .findFirst();
        }
        if (candidate.resource() instanceof Consumer || candidate.resource() instanceof Credential) {
            return candidate.plugins().values().stream()
                    .flatMap(spec -> otherOwner(spec, own, objects).stream())
                    .findFirst();
        }
        return Optional.empty();
    }

    private static Optional<Verdict.Refused> otherRule(String plugin, ResourceKey own, StoredObjects objects) {
        return objects.mentioning(ResourceKind.GLOBAL_RULE, plugin)
                .filter(rule -> !rule.key().equals(own))
                .filter(rule -> rule.value().path("plugins").has(plugin))
                .findFirst()
                .map(rule -> Verdict.Refused.because("plugin '" + plugin + "' already exists in global rule with id '"
                        + rule.key().id() + "'"));
    }

    /** Texts are compared as they are written, with secrets plain on both sides. */
    private Optional<Verdict.Refused> otherOwner(PluginSpec spec, ResourceKey own, StoredObjects objects) {
        var entry = catalog.find(spec.name());
        if (entry.isEmpty()
                || spec.meta().disabled()
                || !(entry.get().plugin() instanceof AuthPlugin<?, ?> plugin)
                || !spec.config().path(plugin.keyProperty()).isTextual()) {
            return Optional.empty();
        }
        var property = plugin.keyProperty();
        var key = spec.config().path(property);
        return Stream.of(ResourceKind.CONSUMER, ResourceKind.CREDENTIAL)
                .flatMap(kind -> objects.mentioning(kind, key.textValue()))
                .filter(other -> !other.key().equals(own))
                .filter(other -> key.equals(
                        other.value().path("plugins").path(spec.name()).path(property)))
                .findFirst()
                .map(other -> Verdict.Refused.because("duplicate " + property + " of plugin " + spec.name()
                        + " found with " + described(other.key())));
    }

    private static String described(ResourceKey key) {
        return key.kind() == ResourceKind.CREDENTIAL
                ? "credential: " + key.shortId() + " of consumer: " + key.parentId()
                : "consumer: " + key.id();
    }
}
