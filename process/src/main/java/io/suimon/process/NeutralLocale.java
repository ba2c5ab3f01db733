package io.suimon.process;

import java.util.Locale;

/**
 * Makes a process write alike wherever it runs. In some languages Java formats numbers with other digits than 0 to 9, or other decimal
 * points, and what a process writes is read by programs.
 */
public final class NeutralLocale {

    private NeutralLocale() {}

    /** To be called first of all, once: what was formatted before is not formatted again. */
    public static void use() {
        Locale.setDefault(Locale.ENGLISH);
    }
}
