package io.suimon.dataplane.http1;

import io.netty.buffer.ByteBuf;
import io.suimon.engine.http.Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes the framing off a body: none, a length, chunks, or the end of the connection. */
public final class BodyReader {

    /** All bytes given were taken; more are needed. */
    public static final int MORE = 0;

    /** The body is over; what is left in the buffer is not of it. */
    public static final int END = -1;

    /** The framing is broken: the connection is of no more use. */
    public static final int BAD = -2;

    private enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private final Http1Limits limits;
    private @Nullable ChunkReader chunks;
    private Framing framing = Framing.NONE;
    private long left;

    public BodyReader(Http1Limits limits) {
        this.limits = limits;
    }

    /** A body without bytes. */
    public void none() {
        framing = Framing.NONE;
    }

    public void length(long length) {
        framing = length == 0 ? Framing.NONE : Framing.LENGTH;
        left = length;
    }

    public void chunked() {
        framing = Framing.CHUNKED;
        if (chunks == null) {
            chunks = new ChunkReader(limits);
        }
        chunks.reset();
    }

    public void untilClose() {
        framing = Framing.UNTIL_CLOSE;
    }

    /**
     * Begins with the body of a response.
     *
     * @param toHead whether HEAD was asked
     * @return its length; -1 when only its end will tell
     */
    public long response(FieldLines fields, int status, boolean toHead) {
        if (toHead || status == 204 || status == 304) {
            none();
            return 0;
        }
        if (fields.chunked()) {
            chunked();
            return -1;
        }
        if (fields.has(KnownField.CONTENT_LENGTH)) {
            length(fields.contentLength());
            return fields.contentLength();
        }
        untilClose();
        return -1;
    }

    /**
     * The next part.
     *
     * @return how many bytes from the reader index on are of the body, and the caller must take exactly these; or {@link #MORE},
     *     {@link #END}, {@link #BAD}
     */
    public int next(ByteBuf in) {
        return switch (framing) {
            case NONE -> END;
            case LENGTH -> nextOfLength(in);
            case CHUNKED -> Objects.requireNonNull(chunks).next(in);
            case UNTIL_CLOSE -> in.readableBytes();
        };
    }

    private int nextOfLength(ByteBuf in) {
        if (left == 0) {
            return END;
        }
        int part = (int) Math.min(left, in.readableBytes());
        left -= part;
        return part;
    }

    /** Whether the end of the connection is the end of the body. */
    public boolean endsWithConnection() {
        return framing == Framing.UNTIL_CLOSE;
    }

    /** Bytes that are known to follow; 0 when that is not known. */
    public long remaining() {
        return framing == Framing.LENGTH ? left : 0;
    }

    /** The fields behind a chunked body; null where there are none, and before its end. */
    public @Nullable Headers trailers() {
        if (framing != Framing.CHUNKED || chunks == null) {
            return null;
        }
        var trailers = chunks.trailers();
        return trailers.size() > 0 ? trailers : null;
    }
}
