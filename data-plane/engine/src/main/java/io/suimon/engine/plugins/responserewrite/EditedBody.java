package io.suimon.engine.plugins.responserewrite;

import io.suimon.engine.http.BodyTransform;
import java.io.ByteArrayOutputStream;

/** Keeps a body up to a limit, and at its end sends the edited one. Belongs to one response. */
final class EditedBody implements BodyTransform {

    private static final byte[] NOTHING = {};

    private final BodyEdits edits;
    private final ContentDecoding decoding;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    EditedBody(BodyEdits edits, ContentDecoding decoding, int limit) {
        this.edits = edits;
        this.decoding = decoding;
        this.limit = limit;
    }

    @Override
    public byte[] apply(byte[] part, boolean last) {
        kept.write(part, 0, Math.min(part.length, limit - kept.size()));
        return last ? edits.apply(decoding.decode(kept.toByteArray(), limit)) : NOTHING;
    }
}
