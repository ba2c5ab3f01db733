package io.suimon.dataplane.listener;

import io.netty.buffer.ByteBuf;
import io.suimon.engine.net.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what a load balancer says of a client in front of its bytes: the PROXY protocol, versions 1 and 2, by the letter. */
final class ProxyHeader {

    /** What the first bytes of a connection are. */
    sealed interface Outcome {

        /** Not enough to tell. */
        record Incomplete() implements Outcome {}

        /** No header. */
        record Broken() implements Outcome {}

        /**
         * A header, which was taken from the buffer.
         *
         * @param source the client; null where the balancer speaks for itself, or does not know
         */
        record Found(@Nullable InetSocketAddress source) implements Outcome {}
    }

    private static final Outcome INCOMPLETE = new Outcome.Incomplete();
    private static final Outcome BROKEN = new Outcome.Broken();
    private static final Outcome UNKNOWN = new Outcome.Found(null);

    /** With its line end; the protocol allows no longer one. */
    private static final int MAX_TEXT = 107;

    /** Of version 2 with everything in it; balancers send certificates along. */
    private static final int MAX_BINARY = 4096;

    private static final byte[] TEXT_START = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int BINARY_FIXED = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX = 0x31;
    private static final int UNIX_BYTES = 216;

    private ProxyHeader() {}

    /** Reads one; takes nothing unless there is a whole one. */
    static Outcome read(ByteBuf in) {
        if (!in.isReadable()) {
            return INCOMPLETE;
        }
        boolean text = in.getByte(in.readerIndex()) == TEXT_START[0];
        byte[] start = text ? TEXT_START : SIGNATURE;
        int known = Math.min(start.length, in.readableBytes());
        for (int i = 0; i < known; i++) {
            if (in.getByte(in.readerIndex() + i) != start[i]) {
                return BROKEN;
            }
        }
        if (known < start.length) {
            return INCOMPLETE;
        }
        return text ? text(in) : binary(in);
    }

    private static Outcome text(ByteBuf in) {
        int end = in.indexOf(in.readerIndex(), in.readerIndex() + Math.min(MAX_TEXT, in.readableBytes()), (byte) '\n');
        if (end < 0) {
            return in.readableBytes() < MAX_TEXT ? INCOMPLETE : BROKEN;
        }
        var line = in.toString(in.readerIndex(), end - in.readerIndex(), StandardCharsets.ISO_8859_1);
        if (!line.endsWith("\r")) {
            return BROKEN;
        }
        var outcome = words(line.substring(0, line.length() - 1).split(" ", -1));
        in.readerIndex(end + 1);
        return outcome;
    }

    private static Outcome words(String[] words) {
        if (words[1].equals("UNKNOWN")) {
            return UNKNOWN;
        }
        boolean v4 = words[1].equals("TCP4");
        if (words.length != 6 || (!v4 && !words[1].equals("TCP6"))) {
            return BROKEN;
        }
        var source = address(words[2], v4);
        int port = port(words[4]);
        if (source == null || port < 0 || address(words[3], v4) == null || port(words[5]) < 0) {
            return BROKEN;
        }
        return new Outcome.Found(new InetSocketAddress(source, port));
    }

    private static @Nullable InetAddress address(String word, boolean v4) {
        return v4 == (word.indexOf(':') < 0) ? IpLiteral.parse(word) : null;
    }

    private static int port(String word) {
        boolean digits = !word.isEmpty() && word.length() <= 5 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (word.length() > 1 && word.charAt(0) == '0')) {
            return -1;
        }
        int port = Integer.parseInt(word);
        return port <= 0xffff ? port : -1;
    }

    private static Outcome binary(ByteBuf in) {
        if (in.readableBytes() < BINARY_FIXED) {
            return INCOMPLETE;
        }
        int at = in.readerIndex();
        int command = in.getUnsignedByte(at + 12);
        int family = in.getUnsignedByte(at + 13);
        int length = in.getUnsignedShort(at + 14);
        int addresses = switch (family) {
            case UNSPECIFIED -> 0;
            case TCP4 -> 12;
            case TCP6 -> 36;
            case UNIX -> UNIX_BYTES;
            default -> -1;
        };
        boolean known = command == LOCAL || (command == PROXY && addresses >= 0 && length >= addresses);
        if (!known || length > MAX_BINARY - BINARY_FIXED) {
            return BROKEN;
        }
        if (in.readableBytes() < BINARY_FIXED + length) {
            return INCOMPLETE;
        }
        in.skipBytes(BINARY_FIXED);
        var rest = in.readSlice(length);
        boolean speaksForClient = command == PROXY && (family == TCP4 || family == TCP6);
        return speaksForClient ? addresses(rest, family == TCP4 ? 4 : 16) : UNKNOWN;
    }

    private static Outcome addresses(ByteBuf rest, int size) {
        byte[] source = new byte[size];
        rest.readBytes(source).skipBytes(size);
        int port = rest.readUnsignedShort();
        rest.skipBytes(2);
        return vectorsFit(rest) ? new Outcome.Found(new InetSocketAddress(address(source), port)) : BROKEN;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    /** What else is said is not read, but has to be whole. */
    private static boolean vectorsFit(ByteBuf rest) {
        while (rest.readableBytes() >= 3) {
            int length = rest.getUnsignedShort(rest.readerIndex() + 1);
            if (length > rest.readableBytes() - 3) {
                return false;
            }
            rest.skipBytes(3 + length);
        }
        return !rest.isReadable();
    }
}
