package io.suimon.controlplane.admin;

import java.util.Locale;
import org.jboss.logging.Logger;

/** One line per write: who changed what from where, and what became of it. Never what was written. */
final class Audit {

    private static final Logger LOG = Logger.getLogger("io.suimon.audit");
    private static final int MAX_LENGTH = 200;

    private Audit() {}

    /** @param subject what the request names, as text */
    static void record(AdminRequest request, String kind, String subject, WriteOutcome outcome) {
        record(request, kind, subject, revision(outcome), word(outcome));
    }

    /**
     * Notes a write.
     *
     * @param subject what the request names, as text
     * @param revision the store's that holds it; {@code -} when none does
     * @param outcome one word
     */
    static void record(AdminRequest request, String kind, String subject, String revision, String outcome) {
        LOG.infof(
                "write key=%s method=%s kind=%s id=%s revision=%s from=%s outcome=%s",
                printable(request.keyName()),
                request.method().toLowerCase(Locale.ROOT),
                kind,
                printable(subject),
                revision,
                request.peer(),
                outcome);
    }

    private static String revision(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Written written -> Long.toString(written.revision());
            case WriteOutcome.Removed removed -> Long.toString(removed.revision());
            case WriteOutcome.Absent absent -> "-";
            case WriteOutcome.Refused refused -> "-";
            case WriteOutcome.Contended contended -> "-";
            case WriteOutcome.Unavailable unavailable -> "-";
        };
    }

    private static String word(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Written written -> written.created() ? "created" : "replaced";
            case WriteOutcome.Removed removed -> "removed";
            case WriteOutcome.Absent absent -> "absent";
            case WriteOutcome.Refused refused -> "refused";
            case WriteOutcome.Contended contended -> "contended";
            case WriteOutcome.Unavailable unavailable -> unavailable.mayTakeEffect() ? "unknown" : "unavailable";
        };
    }

    /** A client's text on one line that cannot be taken for something else. */
    private static String printable(String text) {
        var cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        return cut.isEmpty() ? "-" : cut.replaceAll("[^\\x21-\\x7e]|[=\"]", "?");
    }
}
