package io.suimon.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reads the settings of one {@code @ConfigMapping} interface from its source, Javadoc included; the build's formatter keeps such
 * sources regular enough for lines.
 */
final class SettingsSource {

    /**
     * One setting.
     *
     * @param key {@code suimon.admin.port}
     * @param defaultValue empty when there is none
     */
    record Setting(String key, String defaultValue, String description) {

        /** The environment variable that sets it. */
        String variable() {
            return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }
    }

    /** @param inParent whether its own members have no name of it before theirs */
    private record Member(String type, String name, boolean inParent, String defaultValue, String description) {}

    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern DEFAULT = Pattern.compile("\\s*@WithDefault\\(\"([^\"]*)\"\\)");
    private static final Pattern NAME = Pattern.compile("\\s*@WithName\\(\"([^\"]*)\"\\)");
    private static final Pattern PARENT_NAME = Pattern.compile("@WithParentName\\s+(\\w+) ");
    private static final Pattern INTERFACE = Pattern.compile("\\s*(?:public )?interface (\\w+) \\{");
    private static final Pattern METHOD = Pattern.compile("\\s*([\\w<>., ]+) (\\w+)\\(\\);");

    private static final Pattern LIST = Pattern.compile("List<(\\w+)>");
    private static final Pattern MAP = Pattern.compile("Map<String, (\\w+)>");

    private final Map<String, List<Member>> members = new HashMap<>();
    private final String prefix;
    private final String root;
    private final String purpose;

    /** @param neighbours the sources of types that have a file of their own in the same package, by name */
    SettingsSource(String source, UnaryOperator<String> neighbours) {
        var shared = PARENT_NAME.matcher(source);
        while (shared.find()) {
            members.putAll(new SettingsSource(neighbours.apply(shared.group(1)), neighbours).members);
        }
        Deque<String> open = new ArrayDeque<>();
        var comment = new StringBuilder();
        var defaultValue = "";
        var otherName = "";
        var inParent = false;
        var seenRoot = "";
        var seenPurpose = "";
        for (var line : source.lines().toList()) {
            var text = line.strip();
            var type = INTERFACE.matcher(line);
            var method = METHOD.matcher(line);
            var withDefault = DEFAULT.matcher(line);
            var withName = NAME.matcher(line);
            if (text.startsWith("/**")) {
                comment.setLength(0);
            }
            if (text.startsWith("/**") || (text.startsWith("*") && !text.equals("*/"))) {
                comment.append(text.replaceAll("^/?\\*+|\\*/$", "").strip()).append(' ');
            } else if (withDefault.matches()) {
                defaultValue = withDefault.group(1);
            } else if (withName.matches()) {
                otherName = withName.group(1);
            } else if (text.equals("@WithParentName")) {
                inParent = true;
            } else if (type.matches()) {
                if (open.isEmpty()) {
                    seenRoot = type.group(1);
                    seenPurpose = clean(comment);
                }
                open.push(type.group(1));
                members.put(type.group(1), new ArrayList<>());
            } else if (method.matches() && !open.isEmpty()) {
                var name = otherName.isEmpty() ? method.group(2) : otherName;
                members.computeIfAbsent(open.element(), key -> new ArrayList<>())
                        .add(new Member(method.group(1), name, inParent, defaultValue, clean(comment)));
                inParent = false;
                defaultValue = "";
                otherName = "";
                comment.setLength(0);
            } else if (text.endsWith("{")) {
                open.push("");
            } else if (text.equals("}")) {
                open.pop();
            }
        }
        var mapping = PREFIX.matcher(source);
        prefix = mapping.find() ? mapping.group(1) : "";
        root = seenRoot;
        purpose = seenPurpose;
    }

    private static String clean(CharSequence comment) {
        return comment.toString()
                .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                .replaceAll("</?\\w+>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** What the settings are for. */
    String purpose() {
        return purpose;
    }

    /** Every setting, in the order of the source. */
    List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        collect(prefix, root, settings);
        return settings;
    }

    private void collect(String key, String type, List<Setting> settings) {
        for (var member : members.getOrDefault(type, List.of())) {
            var memberKey = member.inParent
                    ? key
                    : key + "."
                            + member.name
                                    .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                                    .toLowerCase(Locale.ROOT);
            var listed = LIST.matcher(member.type);
            var named = MAP.matcher(member.type);
            if (members.containsKey(member.type)) {
                collect(memberKey, member.type, settings);
            } else if (listed.matches() && members.containsKey(listed.group(1))) {
                collect(memberKey + "[0]", listed.group(1), settings);
            } else if (named.matches() && members.containsKey(named.group(1))) {
                collect(memberKey + ".NAME", named.group(1), settings);
            } else {
                settings.add(new Setting(
                        named.matches() ? memberKey + ".NAME" : memberKey, member.defaultValue, member.description));
            }
        }
    }
}
