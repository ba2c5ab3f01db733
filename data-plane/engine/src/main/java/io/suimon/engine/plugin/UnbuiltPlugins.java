package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The plugins that are known but not built, as {@code unbuilt/index.json} lists them, by descending priority. Building one takes its
 * line and its folder away.
 *
 * <p>Immutable, used by any thread.
 */
final class UnbuiltPlugins {

    /** None. */
    static final UnbuiltPlugins NONE = new UnbuiltPlugins(new LinkedHashMap<>(), new LinkedHashMap<>());

    private static final String INDEX = "unbuilt/index.json";

    private final SequencedMap<String, UnbuiltPlugin> http;
    private final SequencedMap<String, UnbuiltPlugin> stream;

    private record Index(List<UnbuiltPlugin.Facts> http, List<UnbuiltPlugin.Facts> stream) {}

    private UnbuiltPlugins(SequencedMap<String, UnbuiltPlugin> http, SequencedMap<String, UnbuiltPlugin> stream) {
        this.http = http;
        this.stream = stream;
    }

    /**
     * Those of the list.
     *
     * @param built names of HTTP plugins that are built after all
     */
    static UnbuiltPlugins load(Set<String> built) {
        try (var file = UnbuiltPlugins.class.getResourceAsStream(INDEX)) {
            var index = new JsonMapper().readValue(file, Index.class);
            var http = byName(index.http(), Subsystem.HTTP);
            http.keySet().removeAll(built);
            return new UnbuiltPlugins(http, byName(index.stream(), Subsystem.STREAM));
        } catch (IOException e) {
            throw new UncheckedIOException(INDEX, e);
        }
    }

    private static SequencedMap<String, UnbuiltPlugin> byName(List<UnbuiltPlugin.Facts> list, Subsystem subsystem) {
        var byName = new LinkedHashMap<String, UnbuiltPlugin>();
        list.forEach(facts -> byName.put(facts.name(), new UnbuiltPlugin(facts, subsystem)));
        return byName;
    }

    Optional<UnbuiltPlugin> find(Subsystem subsystem, String name) {
        return Optional.ofNullable(of(subsystem).get(name));
    }

    List<UnbuiltPlugin> all(Subsystem subsystem) {
        return List.copyOf(of(subsystem).values());
    }

    private SequencedMap<String, UnbuiltPlugin> of(Subsystem subsystem) {
        return switch (subsystem) {
            case HTTP -> http;
            case STREAM -> stream;
        };
    }
}
