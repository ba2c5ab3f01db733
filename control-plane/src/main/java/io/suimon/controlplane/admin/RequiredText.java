package io.suimon.controlplane.admin;

/** A text that is part of everything a regular expression is found in. */
final class RequiredText {

    /** With any of these in it, an expression is not looked into. */
    private static final String BEYOND = "|()[]{}\\";

    private RequiredText() {}

    /** The longest such text of an expression without alternatives, groups, classes, counts and escapes; empty for others. */
    static String of(String expression) {
        if (expression.chars().anyMatch(c -> BEYOND.indexOf(c) >= 0)) {
            return "";
        }
        var longest = "";
        var run = new StringBuilder();
        for (int i = 0; i <= expression.length(); i++) {
            char c = i < expression.length() ? expression.charAt(i) : '$';
            if (isLiteral(c)) {
                run.append(c);
                continue;
            }
            if ((c == '*' || c == '?') && !run.isEmpty()) {
                run.setLength(run.length() - 1); // what it repeats need not be there
            }
            longest = run.length() > longest.length() ? run.toString() : longest;
            run.setLength(0);
        }
        return longest;
    }

    private static boolean isLiteral(char c) {
        return c < 0x80 && "^$.*?+".indexOf(c) < 0;
    }
}
