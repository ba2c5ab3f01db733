package io.suimon.engine.plugins.limitcount;

/** Seconds as people are told them: two decimals at most. */
final class Seconds {

    private static final long NANOS_PER_HUNDREDTH = 10_000_000L;

    private Seconds() {}

    static String text(long nanos) {
        long hundredths = nanos / NANOS_PER_HUNDREDTH;
        long whole = hundredths / 100;
        long rest = hundredths % 100;
        if (rest == 0) {
            return Long.toString(whole);
        }
        var text = new StringBuilder(8).append(whole).append('.');
        text.append((char) ('0' + rest / 10));
        return (rest % 10 == 0 ? text : text.append((char) ('0' + rest % 10))).toString();
    }
}
