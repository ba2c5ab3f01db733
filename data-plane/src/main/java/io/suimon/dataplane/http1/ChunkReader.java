package io.suimon.dataplane.http1;

import io.netty.buffer.ByteBuf;
import io.suimon.engine.http.Headers;

/** Takes the framing off a chunked body (RFC 9112, 7.1): extensions are read and dropped, trailers kept. */
final class ChunkReader {

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        END
    }

    private static final byte[] LINE_BEFORE = {'\r', '\n'};
    private static final int MAX_SIZE_DIGITS = 15;

    /** Of all chunks together: extensions are a way to send much for a body of little. */
    private static final int MAX_EXTENSION_BYTES = 4096;

    private final HeadBuffer trailerBytes;
    private final FieldLines trailerFields;
    private final Headers trailers = new Headers();
    private State state = State.SIZE;
    private long left;
    private int digits;
    private int extensionBytes;

    ChunkReader(Http1Limits limits) {
        trailerBytes = new HeadBuffer(limits.trailerBytes(), limits.trailerBytes());
        trailerFields = new FieldLines(limits.fields());
    }

    void reset() {
        trailers.reset();
        extensionBytes = 0;
        beginChunk();
    }

    private void beginChunk() {
        state = State.SIZE;
        left = 0;
        digits = 0;
    }

    Headers trailers() {
        return trailers;
    }

    /** As {@link BodyReader#next}. */
    int next(ByteBuf in) {
        while (state != State.END) {
            if (!in.isReadable()) {
                return BodyReader.MORE;
            }
            if (state == State.DATA) {
                int part = (int) Math.min(left, in.readableBytes());
                left -= part;
                state = left == 0 ? State.DATA_CR : State.DATA;
                return part;
            }
            if (state == State.TRAILER) {
                int result = trailer(in);
                if (result != BodyReader.END) {
                    return result;
                }
            } else if (!framing(in.readByte())) {
                return BodyReader.BAD;
            }
        }
        return BodyReader.END;
    }

    private boolean framing(byte b) {
        return switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> endOfSize(b);
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> {
                beginChunk();
                yield b == '\n';
            }
            case DATA, TRAILER, END -> false;
        };
    }

    private boolean size(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            left = left << 4 | digit;
            return ++digits <= MAX_SIZE_DIGITS;
        }
        state = b == '\r' ? State.SIZE_LF : State.EXTENSION;
        return digits > 0 && (b == '\r' || b == ';');
    }

    private boolean extension(byte b) {
        if (b == '\r') {
            state = State.SIZE_LF;
            return true;
        }
        return ByteClass.isValue(b) && ++extensionBytes <= MAX_EXTENSION_BYTES;
    }

    private boolean endOfSize(byte b) {
        if (left == 0) {
            trailerBytes.begin(LINE_BEFORE);
            state = State.TRAILER;
        } else {
            state = State.DATA;
        }
        return b == '\n';
    }

    private boolean expect(byte b, char expected, State next) {
        state = next;
        return b == expected;
    }

    private int trailer(ByteBuf in) {
        return switch (trailerBytes.collect(in)) {
            case INCOMPLETE -> BodyReader.MORE;
            case LINE_TOO_LONG, TOO_LARGE -> BodyReader.BAD;
            case COMPLETE -> {
                state = State.END;
                trailers.reset(trailerBytes.bytes());
                int refusal =
                        trailerFields.parse(trailerBytes.bytes(), LINE_BEFORE.length, trailerBytes.length(), trailers);
                dropWhatFrames();
                yield refusal == 0 ? BodyReader.END : BodyReader.BAD;
            }
        };
    }

    /** What frames, routes or describes the connection has no place in a trailer (RFC 9110, 6.5.1). */
    private void dropWhatFrames() {
        byte[] block = trailerBytes.bytes();
        for (int i = 0; i < trailers.received(); i++) {
            boolean known = trailerFields.kind(i) != KnownField.OTHER;
            if (known || ForbiddenTrailers.contains(block, trailers.nameStart(i), trailers.nameEnd(i))) {
                trailers.drop(i);
            }
        }
    }
}
