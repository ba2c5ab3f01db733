package io.suimon.dataplane;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Finds settings that nobody reads: most often they are misspelt, and somebody relies on them.
 *
 * <p>Names are compared by their letters and digits, which is all that is left of them in the environment. There are variables in it
 * that mean somebody else: the control plane's and the launcher's, where both planes are started from one shell, and those
 * Kubernetes makes up for services.
 */
final class KnownSettings {

    private static final String PREFIX = "suimon.";
    private static final String VARIABLE_PREFIX = "SUIMON_";
    private static final Set<String> LAUNCHER = Set.of("suimon.process", "suimon.home", "suimon.root");
    private static final Pattern CONTROL_PLANES = Pattern.compile("SUIMON_(ADMIN|STORE|STREAM|MANAGEMENT)_.*");
    private static final Pattern SERVICE_LINK =
            Pattern.compile("SUIMON_.*(_SERVICE_HOST|_SERVICE_PORT.*|_PORT_[0-9]+_(TCP|UDP|SCTP).*)");
    private static final Pattern PLACE_IN_LIST = Pattern.compile("\\d+$");
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Set<String> names;
    private final List<String> beginnings;

    /**
     * @param names every setting there is; an asterisk at the end stands for any name, one in brackets for a place in a list
     */
    KnownSettings(Set<String> names) {
        this.names = names.stream().map(KnownSettings::letters).collect(Collectors.toUnmodifiableSet());
        this.beginnings = names.stream()
                .filter(name -> name.endsWith(".*"))
                .map(KnownSettings::letters)
                .toList();
    }

    /** The settings of these features. */
    static KnownSettings of(List<Class<?>> features) {
        return new KnownSettings(features.stream()
                .flatMap(type -> ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().stream())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The settings that nobody reads, for people; empty when there are none. */
    Optional<String> unknown(Config config, Map<String, String> environment) {
        var unknown = new TreeSet<String>();
        for (var source : config.getConfigSources()) {
            if (!source.getName().startsWith("EnvConfigSource")) {
                source.getPropertyNames().stream()
                        .filter(name -> name.startsWith(PREFIX) && !isRead(name))
                        .forEach(unknown::add);
            }
        }
        environment.forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE_PREFIX) && !somebodyElses(variable, value)) {
                var name = variable.toLowerCase(Locale.ROOT).replace('_', '.');
                if (!isRead(name)) {
                    unknown.add(variable + " (" + name + ")");
                }
            }
        });
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("settings: %s (expected: only settings there are)".formatted(String.join(", ", unknown)));
    }

    private static boolean somebodyElses(String variable, String value) {
        return CONTROL_PLANES.matcher(variable).matches()
                || SERVICE_LINK.matcher(variable).matches()
                || SERVICE_ADDRESS.matcher(value).matches();
    }

    private boolean isRead(String name) {
        var letters = letters(name);
        return LAUNCHER.contains(name)
                || names.contains(letters)
                || names.contains(PLACE_IN_LIST.matcher(letters).replaceFirst(""))
                || beginnings.stream().anyMatch(letters::startsWith);
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("\\[[\\d*]+]", "").replaceAll("[^a-z0-9]", "");
    }
}
