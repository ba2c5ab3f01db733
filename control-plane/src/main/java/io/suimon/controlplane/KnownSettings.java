package io.suimon.controlplane;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.suimon.controlplane.admin.AdminConfig;
import io.suimon.controlplane.security.AccessConfig;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.process.InvalidSettingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Refuses settings nobody reads: most often they are misspelt, and somebody relies on them. */
final class KnownSettings {

    private static final List<Class<?>> MAPPINGS = List.of(
            AdminConfig.class, AccessConfig.class, ManagementConfig.class, StoreConfig.class, StreamConfig.class);

    /** Read by the launcher, which sets them to find its processes again. */
    private static final Set<String> LAUNCHER = Set.of("suimon.process", "suimon.home", "suimon.root");

    /** What Kubernetes tells every container of a namespace about services whose name happens to begin with ours. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("SUIMON_.*(_SERVICE_HOST|_SERVICE_PORT.*|_PORT_[0-9]+_(TCP|UDP).*)");

    /** Settings of the other plane, which may share this one's environment. */
    private static final Pattern DATA_PLANE =
            Pattern.compile("SUIMON_(NODE|CONTROL_PLANE|CACHE|TRAFFIC|STATUS|METRICS|CONTROL)_.*");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private KnownSettings() {}

    /**
     * Looks for unknown settings, in the environment and everywhere else.
     *
     * @throws InvalidSettingException for the first one in alphabetical order
     */
    static void refuseOthers(Config config, Map<String, String> environment) {
        var unknown = new TreeSet<String>();
        var known = names();
        for (var source : config.getConfigSources()) {
            if (!source.getName().startsWith("EnvConfigSource")) {
                source.getPropertyNames().stream()
                        .filter(name -> name.startsWith("suimon.") && !LAUNCHER.contains(name))
                        .filter(name -> known.stream()
                                .noneMatch(
                                        pattern -> spelt(pattern).matcher(name).matches()))
                        .forEach(unknown::add);
            }
        }
        environment.forEach((name, value) -> {
            if (name.startsWith("SUIMON_") && !isKnown(name, value, known)) {
                unknown.add(name + " (" + name.toLowerCase(Locale.ROOT).replace('_', '.') + ")");
            }
        });
        if (!unknown.isEmpty()) {
            throw new InvalidSettingException("settings", String.join(", ", unknown), "only settings there are");
        }
    }

    private static boolean isKnown(String variable, String value, Set<String> known) {
        return SERVICE_LINK.matcher(variable).matches()
                || DATA_PLANE.matcher(variable).matches()
                || SERVICE_ADDRESS.matcher(value).matches()
                || Stream.concat(known.stream(), LAUNCHER.stream())
                        .anyMatch(name -> shouted(name).matcher(variable).matches());
    }

    private static Set<String> names() {
        return MAPPINGS.stream()
                .flatMap(type -> ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().stream())
                .collect(Collectors.toSet());
    }

    /** In a name, an asterisk stands for a part that is chosen, and one in brackets for a place in a list. */
    private static Pattern spelt(String name) {
        return pattern(name, "\"[^\"]+\"|[^.]+", "(\\[[0-9]+])?");
    }

    private static Pattern shouted(String name) {
        return pattern(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*\\[\\]]", "_"), ".+", "(_[0-9]+_)?");
    }

    private static Pattern pattern(String name, String chosen, String place) {
        var quoted = Stream.of(name.replace("[*]", "\u0000").split("(?=[*\u0000])|(?<=[*\u0000])"))
                .map(part -> switch (part) {
                    case "*" -> "(" + chosen + ")";
                    case "\u0000" -> place;
                    default -> Pattern.quote(part);
                })
                .collect(Collectors.joining());
        return Pattern.compile(quoted + (name.endsWith("[*]") ? "" : place));
    }
}
