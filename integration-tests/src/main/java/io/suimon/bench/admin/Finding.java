package io.suimon.bench.admin;

import java.util.Locale;

/**
 * One number with what it should be.
 *
 * @param what was measured
 * @param measured the number with its unit
 * @param target what is aimed at; empty when nothing is
 * @param verdict whether it is met
 */
record Finding(String what, String measured, String target, Verdict verdict) {

    /** How a number stands to its target. */
    enum Verdict {
        MET,
        MISSED,
        NO_TARGET
    }

    /** A number nothing is asked of. */
    static Finding plain(String what, String measured) {
        return new Finding(what, measured, "", Verdict.NO_TARGET);
    }

    static Finding atMost(String what, double value, String unit, double limit) {
        return judged(what, value, unit, "<= " + number(limit) + " " + unit, value <= limit);
    }

    static Finding atLeast(String what, double value, String unit, double limit) {
        return judged(what, value, unit, ">= " + number(limit) + " " + unit, value >= limit);
    }

    static Finding plain(String what, double value, String unit) {
        return plain(what, number(value) + " " + unit);
    }

    private static Finding judged(String what, double value, String unit, String target, boolean met) {
        return new Finding(what, number(value) + " " + unit, target, met ? Verdict.MET : Verdict.MISSED);
    }

    private static String number(double value) {
        if (value == Math.rint(value) || value >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }

    /** As a row of a table. */
    String row() {
        return "| " + what + " | " + measured + " | " + target + " | "
                + switch (verdict) {
                    case MET -> "met";
                    case MISSED -> "**missed**";
                    case NO_TARGET -> "";
                }
                + " |\n";
    }
}
