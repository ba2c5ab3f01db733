package io.suimon.controlplane.admin;

import io.suimon.controlplane.document.PutOutcome;
import io.suimon.controlplane.mirror.Acceptance;
import io.suimon.controlplane.store.Commit;
import org.jboss.logging.Logger;

/** One line per write: who changed what from where, and what became of it. Never what was written. */
final class Audit {

    private static final Logger LOG = Logger.getLogger("io.suimon.audit");
    private static final int MAX_LENGTH = 200;

    private Audit() {}

    /**
     * Writes the line.
     *
     * @param path what the request names; the id is that of what was written, where something was
     * @param status what it is answered
     */
    static void record(AdminRequest request, ResourcePath path, WriteOutcome outcome, int status) {
        record(request, path.kind().directory(), id(path, outcome), revision(outcome), word(outcome), status);
    }

    /** The same of the list of plugins, which is no resource. */
    static void record(AdminRequest request, Commit commit, int status) {
        switch (commit) {
            case Commit.Done(var revision) ->
                record(request, "plugins", "", Long.toString(revision), "replaced", status);
            case Commit.Conflict() -> record(request, "plugins", "", "-", "contended", status);
            case Commit.TooLarge(var reason) -> record(request, "plugins", "", "-", "refused", status);
            case Commit.Unavailable(var mayTakeEffect, var reason) ->
                record(request, "plugins", "", "-", mayTakeEffect ? "unknown" : "unavailable", status);
        }
    }

    /** The same of the configuration as one document. */
    static void record(AdminRequest request, PutOutcome outcome, int status) {
        switch (outcome) {
            case PutOutcome.Written(var revision, var lastModified) ->
                record(request, "configs", "", Long.toString(revision), "replaced", status);
            case PutOutcome.Refused(var message) -> record(request, "configs", "", "-", "refused", status);
            case PutOutcome.Contended() -> record(request, "configs", "", "-", "contended", status);
            case PutOutcome.Unavailable(var reason, var mayTakeEffect) ->
                record(request, "configs", "", "-", mayTakeEffect ? "unknown" : "unavailable", status);
        }
    }

    /** The same of an operator's word that the store is right as it is. */
    static void record(AdminRequest request, Acceptance acceptance, int status) {
        switch (acceptance) {
            case Acceptance.Accepted(var view) ->
                record(request, "store", "", Long.toString(view.revision()), "accepted", status);
            case Acceptance.NothingToAccept() -> record(request, "store", "", "-", "refused", status);
            case Acceptance.Unavailable(var reason) -> record(request, "store", "", "-", "unavailable", status);
        }
    }

    private static void record(AdminRequest request, String kind, String id, String revision, String word, int status) {
        LOG.infof(
                "write key=%s method=%s kind=%s id=%s revision=%s from=%s outcome=%s status=%d",
                printable(request.keyName()),
                request.method(),
                kind,
                printable(id),
                revision,
                printable(request.peer()),
                word,
                status);
    }

    private static String id(ResourcePath path, WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Written written -> written.key().id();
            case WriteOutcome.Removed removed -> removed.key().id();
            case WriteOutcome.Absent absent -> named(path);
            case WriteOutcome.Refused refused -> named(path);
            case WriteOutcome.Contended contended -> named(path);
            case WriteOutcome.Unavailable unavailable -> named(path);
        };
    }

    private static String named(ResourcePath path) {
        return path.id() == null ? "" : path.key(path.id()).id();
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
