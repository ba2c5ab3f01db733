package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * On which state of a resource a request makes itself depend. What holds on a view holds at the commit: the resource's revision is one
 * of the commit's guards.
 *
 * @param match one of these must be the resource's revision; any means it must exist
 * @param noneMatch none of these may be; any means it must not exist
 */
record Condition(Optional<EntityTags> match, Optional<EntityTags> noneMatch) {

    private static final int FAILED = 412;

    /** Reads the headers {@code If-Match} and {@code If-None-Match}; null where there is none. */
    static Condition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return new Condition(EntityTags.of("If-Match", ifMatch), EntityTags.of("If-None-Match", ifNoneMatch));
    }

    /** What is wrong with the headers; empty when they can be read. */
    Optional<String> complaint() {
        return headers().flatMap(tags -> tags.complaint().stream()).findFirst();
    }

    /** The highest revision the headers name: a view that is older cannot judge them. */
    long newestRevision() {
        return headers().mapToLong(EntityTags::newest).max().orElse(0);
    }

    /** Whether a reader has this already. */
    boolean isKnown(StoredEntry entry) {
        return noneMatch
                .filter(tags -> tags.complaint().isEmpty())
                .filter(tags -> tags.isAny() || tags.name(entry.modRevision(), true))
                .isPresent();
    }

    /** An edit that is refused on views where this does not hold. */
    Edit guarding(ResourceKey key, Edit edit) {
        return match.isEmpty() && noneMatch.isEmpty()
                ? edit
                : view -> broken(view.get(key.path()))
                        .<Proposal>map(
                                header -> new Proposal.Refused(FAILED, message(key, view.get(key.path()), header)))
                        .orElseGet(() -> edit.on(view));
    }

    /** The header that does not hold. */
    private Optional<EntityTags> broken(@Nullable StoredEntry entry) {
        return match.filter(tags -> entry == null || !(tags.isAny() || tags.name(entry.modRevision(), false)))
                .or(() -> noneMatch.filter(
                        tags -> entry != null && (tags.isAny() || tags.name(entry.modRevision(), true))));
    }

    private static String message(ResourceKey key, @Nullable StoredEntry entry, EntityTags header) {
        return "precondition failed: " + key + (entry == null ? " does not exist" : " is at " + entry.modRevision())
                + " (expected: " + header.header() + " " + header + ")";
    }

    private Stream<EntityTags> headers() {
        return Stream.of(match, noneMatch).flatMap(Optional::stream);
    }
}
