package io.suimon.engine.compile;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plugin whose filters tell what they were bound with. */
record NotePlugin(String name, int priority, boolean prefersRoute) implements Plugin<NotePlugin.Config> {

    /**
     * What people write.
     *
     * @param say {@code broken} is refused
     * @param team a group to be in
     */
    record Config(@Nullable String say, @Nullable String team) {
        Config {
            if ("broken".equals(say)) {
                throw new IllegalArgumentException("say: broken (expected: anything else)");
            }
        }
    }

    record Metadata(String accent) {}

    /** Equal by identity, as filters are. */
    static final class Note implements Filter {
        private final String text;

        private Note(String text) {
            this.text = text;
        }

        @Override
        public Decision onRequest(Exchange exchange) {
            return Decision.proceed();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Set<Phase> phases() {
        return Set.of(Phase.REWRITE, Phase.ACCESS);
    }

    @Override
    public Optional<String> group(Config config) {
        return Optional.ofNullable(config.team);
    }

    @Override
    public Filter bind(Config config, PluginHost host) {
        var accent = host.metadata(Metadata.class).map(metadata -> "~" + metadata.accent());
        return new Note(config.say() + " by " + host.owner() + accent.orElse(""));
    }
}
