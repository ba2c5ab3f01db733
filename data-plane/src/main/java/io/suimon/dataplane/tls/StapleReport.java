package io.suimon.dataplane.tls;

import java.util.List;

/**
 * What is known of what is shown beside certificates.
 *
 * @param answers of responders so far that could be shown
 * @param failures to get one so far
 * @param missing certificates, held ready and with a responder, beside which nothing is shown now
 * @param worst of the certificates: those beside which nothing is shown, then the oldest answers; bounded
 */
public record StapleReport(long answers, long failures, long missing, List<Shown> worst) {

    /** Nothing is shown beside any. */
    public static final StapleReport NONE = new StapleReport(0, 0, 0, List.of());

    public StapleReport {
        worst = List.copyOf(worst);
    }

    /**
     * One certificate.
     *
     * @param serial its number, in hexadecimal digits
     * @param ageSeconds how long ago what is shown was got; -1 when nothing is
     * @param failures to get an answer since the last one
     */
    public record Shown(String subject, String serial, double ageSeconds, long failures) {

        boolean isMissing() {
            return ageSeconds < 0;
        }
    }
}
