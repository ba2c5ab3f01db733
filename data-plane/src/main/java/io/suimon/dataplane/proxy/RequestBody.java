package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.suimon.dataplane.http1.BodyReader;
import io.suimon.dataplane.http1.FieldLines;
import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.dataplane.http1.Tokens;
import io.suimon.dataplane.upstream.OriginConnection;
import io.suimon.dataplane.upstream.Outbox;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.text.WireText;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of one request: left with the client until somebody wants it, then forwarded as it arrives, kept, or thrown away. */
final class RequestBody {

    /** What became of the bytes that were offered. */
    enum Taken {
        /** None of them: nobody wants them now. */
        NOTHING,
        /** All of them; the body goes on. */
        ALL,
        /** Those that were of the body, which is complete. */
        COMPLETE,
        BAD,
        TOO_LARGE
    }

    private enum Fate {
        HELD,
        KEPT,
        FORWARDED,
        DISCARDED
    }

    private static final byte[] NOTHING = {};
    private static final byte[] LAST_CHUNK = WireText.bytes("0\r\n\r\n");
    private static final byte[] LAST_SIZE = WireText.bytes("0\r\n");
    private static final byte[] LINE_END = WireText.bytes("\r\n");

    /** A body nobody wants is read to its end only when that is not far: the connection is cheaper to make anew. */
    static final int DISCARD_LIMIT = 256 * 1024;

    private final TrafficLoop loop;
    private final Exchange exchange;
    private final BodyReader reader;
    private final SentBytes sent;
    private final int mostKept;
    private final long limit;
    private int keepLimit;
    private Decision.@Nullable ReadBody asked;
    private Fate fate = Fate.HELD;
    private boolean chunked;
    private boolean complete = true;
    private boolean touched;
    private boolean heldBack;
    private int discarded;
    private long received;
    private byte[] kept = NOTHING;
    private int keptLength;
    private @Nullable OriginConnection sink;

    RequestBody(TrafficLoop loop, Exchange exchange, Http1Limits limits) {
        this.loop = loop;
        this.exchange = exchange;
        this.reader = new BodyReader(limits);
        this.sent = new SentBytes(loop.settings().bodies().replayed());
        this.mostKept = loop.settings().bodies().buffered();
        this.limit = loop.settings().bodies().total();
    }

    /** Begins with the framing of a new request. */
    void begin(FieldLines fields) {
        fate = Fate.HELD;
        sink = null;
        touched = false;
        sent.begin();
        discarded = 0;
        received = 0;
        keptLength = 0;
        kept = NOTHING;
        keepLimit = mostKept;
        asked = null;
        chunked = fields.chunked();
        complete = false;
        if (chunked) {
            reader.chunked();
        } else if (fields.contentLength() > 0) {
            reader.length(fields.contentLength());
        } else {
            complete = true;
        }
        heldBack = !complete && expectsContinue(fields);
    }

    private boolean expectsContinue(FieldLines fields) {
        var headers = exchange.request().headers();
        if (!fields.has(KnownField.EXPECT) || exchange.request().minorVersion() == 0) {
            return false;
        }
        int index = headers.indexOf(HeaderName.EXPECT, 0);
        return index >= 0
                && Tokens.equalsIgnoreCase(
                        headers.block(), headers.valueStart(index), headers.valueEnd(index), "100-continue");
    }

    /** Whether the client waits to be told to send it. */
    boolean heldBack() {
        return heldBack;
    }

    /** The client is to send it. Returns whether it waits to be told. */
    boolean call() {
        boolean waits = heldBack;
        heldBack = false;
        return waits;
    }

    /** Whether all of it was taken, or there is none. */
    boolean complete() {
        return complete;
    }

    /** Whether a part of it is gone, so that the request cannot be sent again, unless it {@link #mayReplay}. */
    boolean touched() {
        return touched;
    }

    /** Whether what is gone was kept. */
    boolean mayReplay() {
        return !touched || sent.isWhole();
    }

    /** Somebody looked at it: it is not sent again. */
    void seen() {
        sent.drop();
    }

    /** Whether somebody waits for more of it; who may answer before its end is the one to wait, not this gateway. */
    boolean wanted() {
        return !complete && fate != Fate.HELD && !blocked() && (sink == null || !sink.isStream());
    }

    /** Whether it is known to be longer than any may be. */
    boolean isTooLong() {
        return reader.remaining() > limit && !complete;
    }

    /** Whether the rest is known to be short enough to be read and thrown away. */
    boolean isShort() {
        return complete || reader.remaining() <= DISCARD_LIMIT;
    }

    /** Keeps no more than a filter wants to see, which may be less than what the gateway keeps. */
    void keepAtMost(Decision.ReadBody read) {
        keepLimit = (int) Math.min(read.limit(), mostKept);
        asked = read;
    }

    /** What is answered where it is too long. */
    Decision.Reply tooLong() {
        return asked == null ? Decision.reply(413) : asked.tooLong().reply(size(), Math.min(limit, keepLimit));
    }

    /** How many bytes it has: all that are announced, or those that have come of one whose length nobody knows. */
    private long size() {
        return received + reader.remaining();
    }

    /** Reads all of it before anything else happens. Returns whether that is possible: not if it is known to be too long. */
    boolean keep() {
        if (!complete) {
            fate = Fate.KEPT;
        }
        return size() <= keepLimit;
    }

    /** Whether it is read before anything else happens, or was. */
    boolean isKept() {
        return fate == Fate.KEPT;
    }

    /** Nobody wants it any more. */
    void discard() {
        fate = Fate.DISCARDED;
        sink = null;
    }

    /** The connection it went to is gone; another one it is forwarded to gets all of it. */
    void hold() {
        if (fate == Fate.FORWARDED) {
            fate = Fate.HELD;
            sink = null;
        }
    }

    /** Sends it here from now on; what was kept goes at once. Returns whether it was sent whole. */
    boolean forward(OriginConnection to) {
        if (fate == Fate.KEPT) {
            send(kept(), to.outbox());
            return true;
        }
        if (touched) {
            send(sent.bytes(), to.outbox());
        }
        if (!complete) {
            fate = Fate.FORWARDED;
            sink = to;
        }
        return complete;
    }

    /** Sends its beginning; the end with it where it is complete. */
    private void send(byte[] begin, Outbox to) {
        if (!chunked) {
            to.bytes(begin);
            return;
        }
        if (begin.length > 0) {
            to.chunk(begin);
        }
        if (complete) {
            endChunks(to);
        }
    }

    /** The bytes that were kept. */
    byte[] kept() {
        return Arrays.copyOf(kept, keptLength);
    }

    private boolean blocked() {
        return sink != null && !sink.isWritable();
    }

    /** Offers bytes. */
    Taken offer(ByteBuf in) {
        if (complete || fate == Fate.HELD || blocked()) {
            return Taken.NOTHING;
        }
        while (true) {
            int before = in.readableBytes();
            int part = reader.next(in);
            exchange.timing().requestBytes += before - in.readableBytes();
            if (part == BodyReader.END) {
                complete = true;
                end();
                return Taken.COMPLETE;
            }
            if (part == BodyReader.MORE) {
                return Taken.ALL;
            }
            if (part == BodyReader.BAD) {
                return Taken.BAD;
            }
            exchange.timing().requestBytes += part;
            received += part;
            if (received > limit || !take(in, part)) {
                return Taken.TOO_LARGE;
            }
        }
    }

    private boolean take(ByteBuf in, int part) {
        return switch (fate) {
            case KEPT -> keep(in, part);
            case FORWARDED -> {
                touched = true;
                var to = Objects.requireNonNull(sink);
                if (to.isStream()) {
                    sent.add(in, part);
                } else {
                    sent.drop();
                }
                var out = to.outbox();
                if (chunked) {
                    out.chunk(in, part);
                } else {
                    out.part(in, part);
                }
                yield true;
            }
            case DISCARDED, HELD -> {
                in.skipBytes(part);
                discarded += part;
                yield discarded <= DISCARD_LIMIT;
            }
        };
    }

    private boolean keep(ByteBuf in, int part) {
        if (keptLength + part > keepLimit) {
            return false;
        }
        if (keptLength + part > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(keptLength + part, Math.min(keepLimit, kept.length * 2)));
        }
        in.readBytes(kept, keptLength, part);
        keptLength += part;
        return true;
    }

    private void end() {
        if (fate == Fate.FORWARDED && chunked) {
            endChunks(Objects.requireNonNull(sink).outbox());
        }
    }

    private void endChunks(Outbox out) {
        var trailers = reader.trailers();
        if (trailers != null) {
            out.bytes(LAST_SIZE);
            trailers(trailers, out);
            out.bytes(LINE_END);
        } else {
            out.bytes(LAST_CHUNK);
        }
    }

    private void trailers(Headers trailers, Outbox out) {
        byte[] lines = loop.scratch(trailers.sizeBound());
        out.bytes(lines, 0, trailers.copyTo(lines, 0), 2);
    }
}
