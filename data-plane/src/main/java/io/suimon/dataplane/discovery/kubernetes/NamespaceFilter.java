package io.suimon.dataplane.discovery.kubernetes;

import io.suimon.process.InvalidSettingException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which namespaces count. Immutable.
 *
 * @param only the one that does; empty for more than one
 * @param without the one that does not; empty for none
 * @param match one of them has to be found in the name; none for any name
 * @param notMatch none of them may be found in the name
 */
record NamespaceFilter(String only, String without, List<Pattern> match, List<Pattern> notMatch) {

    NamespaceFilter {
        match = List.copyOf(match);
        notMatch = List.copyOf(notMatch);
    }

    /**
     * That of these settings.
     *
     * @param setting what they begin with, for messages
     * @throws InvalidSettingException when there is more than one condition, or one that is none
     */
    static NamespaceFilter of(String setting, KubernetesConfig.Namespaces config) {
        long conditions = Stream.of(config.equal(), config.notEqual(), config.match(), config.notMatch())
                .filter(Optional::isPresent)
                .count();
        if (conditions > 1) {
            throw new InvalidSettingException(
                    setting, conditions + " conditions", "one of equal, not-equal, match, not-match");
        }
        return new NamespaceFilter(
                name(setting + ".equal", config.equal()),
                name(setting + ".not-equal", config.notEqual()),
                patterns(setting + ".match", config.match()),
                patterns(setting + ".not-match", config.notMatch()));
    }

    private static String name(String setting, Optional<String> name) {
        if (name.isPresent() && !name.get().matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new InvalidSettingException(setting, name.get(), "the name of a namespace");
        }
        return name.orElse("");
    }

    private static List<Pattern> patterns(String setting, Optional<List<String>> texts) {
        return texts.orElse(List.of()).stream()
                .map(text -> {
                    try {
                        return Pattern.compile(text);
                    } catch (PatternSyntaxException e) {
                        throw new InvalidSettingException(setting, text, "a regular expression");
                    }
                })
                .toList();
    }

    /** Whether an object is of use: it has endpoints, in a namespace that counts. */
    boolean counts(EndpointObject object) {
        return !object.groups().isEmpty()
                && accepts(object.name().substring(0, object.name().indexOf('/')));
    }

    private boolean accepts(String namespace) {
        return (only.isEmpty() || only.equals(namespace))
                && !without.equals(namespace)
                && (match.isEmpty()
                        || match.stream().anyMatch(one -> one.matcher(namespace).find()))
                && notMatch.stream().noneMatch(one -> one.matcher(namespace).find());
    }
}
