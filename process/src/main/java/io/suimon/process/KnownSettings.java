package io.suimon.process;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses settings nobody reads: most often they are misspelt, and somebody relies on them.
 *
 * <p>Some variables of the environment mean somebody else: the launcher, a process started from the same shell, and those Kubernetes
 * makes up for services whose name happens to begin with ours.
 */
public final class KnownSettings {

    private static final String PROPERTIES = "suimon.";
    private static final String VARIABLES = "SUIMON_";

    /** Set by the launcher, to find its processes again. */
    private static final Set<String> LAUNCHER = Set.of("suimon.process", "suimon.home", "suimon.root");

    private static final Pattern SERVICE_LINK =
            Pattern.compile("SUIMON_.*(_SERVICE_HOST|_SERVICE_PORT.*|_PORT_[0-9]+_(TCP|UDP|SCTP).*)");
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final List<SettingName> known;
    private final List<SettingName> neighbours;

    /**
     * @param features the {@code @ConfigMapping}s this process reads
     * @param neighbours what settings of other processes begin with, as {@code suimon.cache}: their variables may be in this
     *     environment, too
     */
    public KnownSettings(List<Class<?>> features, List<String> neighbours) {
        this.known = Stream.concat(features.stream().flatMap(KnownSettings::names), LAUNCHER.stream())
                .map(SettingName::of)
                .toList();
        this.neighbours = neighbours.stream()
                .map(beginning -> SettingName.of(beginning + ".*"))
                .toList();
    }

    private static Stream<String> names(Class<?> feature) {
        return ConfigMappings.getProperties(ConfigClass.configClass(feature)).keySet().stream();
    }

    /**
     * Looks for unknown settings, in the environment and everywhere else.
     *
     * @throws InvalidSettingException when there are any; it names them all
     */
    public void refuseOthers(Config config, Map<String, String> environment) {
        var unknown = new TreeSet<String>();
        for (var source : config.getConfigSources()) {
            // The environment is looked at below, where a variable still reads as it was written.
            if (!source.getName().startsWith("EnvConfigSource")) {
                source.getPropertyNames().stream()
                        .filter(name -> name.startsWith(PROPERTIES) && !isRead(name))
                        .forEach(unknown::add);
            }
        }
        environment.forEach((variable, value) -> {
            if (variable.startsWith(VARIABLES) && !isRead(variable, value)) {
                unknown.add(variable + " (" + variable.toLowerCase(Locale.ROOT).replace('_', '.') + ")");
            }
        });
        if (!unknown.isEmpty()) {
            throw new InvalidSettingException("settings", String.join(", ", unknown), "only settings there are");
        }
    }

    private boolean isRead(String property) {
        return known.stream().anyMatch(name -> name.isProperty(property));
    }

    private boolean isRead(String variable, String value) {
        return SERVICE_LINK.matcher(variable).matches()
                || SERVICE_ADDRESS.matcher(value).matches()
                || Stream.concat(known.stream(), neighbours.stream()).anyMatch(name -> name.isVariable(variable));
    }
}
