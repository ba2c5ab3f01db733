package io.suimon.engine.plugins.responserewrite;

import io.suimon.engine.regex.Substitution;
import io.suimon.engine.text.WireText;
import java.util.List;
import java.util.Optional;

/** The edits of a whole body. Immutable. */
record BodyEdits(List<Edit> edits) {

    private static final byte[] NOTHING = {};

    /**
     * One of them.
     *
     * @param substitution empty where what people wrote is no regular expression: the body is lost then
     */
    record Edit(Optional<Substitution> substitution, boolean everywhere) {}

    BodyEdits {
        edits = List.copyOf(edits);
    }

    static BodyEdits of(List<ResponseRewriteConfig.BodyFilter> filters) {
        return new BodyEdits(filters.stream()
                .map(filter ->
                        new Edit(substitution(filter), filter.scope() == ResponseRewriteConfig.BodyFilter.Scope.GLOBAL))
                .toList());
    }

    private static Optional<Substitution> substitution(ResponseRewriteConfig.BodyFilter filter) {
        try {
            return Optional.of(Substitution.compile(filter.regex(), filter.options(), filter.replace()));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** The edited body; nothing when an edit cannot be made, as it may be there to hide something. */
    byte[] apply(byte[] body) {
        var text = WireText.of(body, 0, body.length);
        for (var edit : edits) {
            if (edit.substitution.isEmpty()) {
                return NOTHING;
            }
            var substitution = edit.substitution.get();
            switch (edit.everywhere ? substitution.all(text) : substitution.first(text)) {
                case Substitution.Outcome.Replaced(var replaced, var captures) -> text = replaced;
                case Substitution.Outcome.Absent() -> {}
                case Substitution.Outcome.Undecided() -> {
                    return NOTHING;
                }
            }
        }
        return WireText.bytes(text);
    }
}
