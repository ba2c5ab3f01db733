package io.suimon.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What control planes logged, but for the audit's lines: those are one for each write. Immutable.
 *
 * @param planes the lines of each, in order
 */
public record ControlPlaneLog(List<List<String>> planes) {

    static final ControlPlaneLog NOTHING = new ControlPlaneLog(List.of());

    private static final Pattern ABOUT_ETCD = Pattern.compile("\\[io\\.su\\.co\\.(?:st\\.et|mi)\\.\\w+] (.*)");
    private static final List<Pattern> CHANGES = List.of(
            Pattern.compile("(?<subject>etcd \\S+:\\d+): .*; this member is (?<state>left out) until it answers"),
            Pattern.compile("(?<subject>etcd \\S+:\\d+) (?<state>answers again) after \\d+ failures"),
            Pattern.compile("The (?<subject>store) (?<state>cannot be followed), .*"),
            Pattern.compile("The (?<subject>store) (?<state>is followed), .*"));

    public ControlPlaneLog {
        planes = planes.stream().map(List::copyOf).toList();
    }

    /** What was logged since this. */
    ControlPlaneLog since(ControlPlaneLog before) {
        var since = new ArrayList<List<String>>();
        for (int i = 0; i < planes.size(); i++) {
            since.add(planes.get(i)
                    .subList(before.planes.get(i).size(), planes.get(i).size()));
        }
        return new ControlPlaneLog(since);
    }

    int lines() {
        return planes.stream().mapToInt(List::size).sum();
    }

    /** How many lines are about etcd. */
    int linesAboutEtcd() {
        return (int) planes.stream()
                .flatMap(List::stream)
                .filter(line -> ABOUT_ETCD.matcher(line).find())
                .count();
    }

    /** Lines about etcd that tell of no change: a state that is none, or one that the line before about the same endpoint has told. */
    public List<String> repetitions() {
        return planes.stream().flatMap(lines -> repetitions(lines).stream()).toList();
    }

    private static List<String> repetitions(List<String> lines) {
        var found = new ArrayList<String>();
        Map<String, String> states = new HashMap<>();
        for (var line : lines) {
            var aboutEtcd = ABOUT_ETCD.matcher(line);
            if (aboutEtcd.find() && !changes(aboutEtcd.group(1), states)) {
                found.add(aboutEtcd.group(1));
            }
        }
        return found;
    }

    private static boolean changes(String text, Map<String, String> states) {
        return CHANGES.stream()
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::matches)
                .findFirst()
                .map(change ->
                        !change.group("state").equals(states.put(change.group("subject"), change.group("state"))))
                .orElse(false);
    }
}
