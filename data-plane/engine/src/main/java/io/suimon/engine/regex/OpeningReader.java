package io.suimon.engine.regex;

import java.util.List;

/** Reads what stands behind an opening parenthesis. Belongs to one translation. */
final class OpeningReader {

    private static final List<String> SAME_IN_JAVA = List.of(":", "=", "!", ">", "<=", "<!");
    private static final String UNKNOWN = "unrecognized character after (? or (?-";

    private final PatternReader in;
    private final CapturingGroups groups;

    OpeningReader(PatternReader in, CapturingGroups groups) {
        this.in = in;
        this.groups = groups;
    }

    Opening read(Scope scope) {
        if (in.looksAt("*")) {
            throw in.unsupported("(*");
        }
        if (!in.take("?")) {
            groups.open();
            return new Opening.Group("(", scope);
        }
        for (var same : SAME_IN_JAVA) {
            if (in.take(same)) {
                return new Opening.Group("(?" + same, scope);
            }
        }
        if (in.take("P<") || in.take("<")) {
            return named(">", scope);
        }
        if (in.take("'")) {
            return named("'", scope);
        }
        if (in.take("P=")) {
            return new Opening.Reference(groups.named(groups.name(")")));
        }
        refuseWhatJavaCannot();
        return settings(scope);
    }

    private Opening named(String end, Scope scope) {
        groups.open(groups.name(end));
        return new Opening.Group("(", scope);
    }

    private void refuseWhatJavaCannot() {
        if (in.looksAt("R") || in.looksAt("&") || in.looksAt("P>") || looksAtNumber()) {
            throw in.unsupported("recursion");
        }
        if (in.looksAt("P")) {
            throw in.refused("unrecognized character after (?P");
        }
        if (in.looksAt("|") || in.looksAt("(") || in.looksAt("C")) {
            throw in.unsupported("(?" + Character.toString(in.next()));
        }
    }

    private boolean looksAtNumber() {
        int behind = in.position();
        in.takeAny("+-");
        boolean number = in.looksAtDigit();
        in.back(behind);
        return number;
    }

    /** Letters that switch something on or, behind a hyphen, off. Java has others, and some of the same mean something else. */
    private Opening settings(Scope before) {
        boolean afresh = in.take("^");
        var on = letters();
        var off = !afresh && in.take("-") ? letters() : "";
        boolean group = in.take(":");
        if (!group && !in.take(")")) {
            throw in.refused(in.atEnd() ? "missing closing parenthesis" : UNKNOWN);
        }
        var scope = new Scope(
                holds('x', on, off, !afresh && before.extended()), holds('m', on, off, !afresh && before.multiline()));
        var end = group ? ":" : ")";
        var java = afresh ? "(?-ims" + end + switched(on, "", ")") : switched(on, off, end);
        return group ? new Opening.Group(java.isEmpty() ? "(?:" : java, scope) : new Opening.Setting(java, scope);
    }

    private String letters() {
        var letters = new StringBuilder();
        for (int letter = in.takeAny("imsx"); letter != 0; letter = in.takeAny("imsx")) {
            letters.appendCodePoint(letter);
        }
        int other = in.takeAny("JUn");
        if (other != 0 || letters.indexOf("xx") >= 0) {
            throw in.unsupported("option " + (other == 0 ? "xx" : Character.toString(other)));
        }
        return letters.toString();
    }

    private static boolean holds(char letter, String on, String off, boolean before) {
        return off.indexOf(letter) < 0 && (before || on.indexOf(letter) >= 0);
    }

    /** Nothing when nothing is switched that Java has to know of. */
    private static String switched(String on, String off, String end) {
        var java = on.replace("x", "") + (off.replace("x", "").isEmpty() ? "" : "-" + off.replace("x", ""));
        return java.isEmpty() ? "" : "(?" + java + end;
    }
}
