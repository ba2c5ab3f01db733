package io.suimon.engine.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as text. Only literals: nothing here ever asks a name server.
 *
 * <p>An IPv4 address written inside an IPv6 one ({@code ::ffff:10.0.0.1}) is the IPv4 address.
 */
public final class IpLiteral {

    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final int GROUPS = 8;

    private IpLiteral() {}

    /** The address this text spells, or null when it spells none. */
    public static @Nullable InetAddress parse(String text) {
        byte[] bytes = bytes(text);
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    /** The 4 or 16 bytes of the address this text spells, or null when it spells none. */
    public static byte @Nullable [] bytes(String text) {
        if (text.indexOf(':') < 0) {
            byte[] v4 = new byte[V4];
            return parseV4(text, 0, v4, 0) ? v4 : null;
        }
        byte[] v6 = parseV6(text);
        return v6 != null && isMapped(v6) ? Arrays.copyOfRange(v6, V6 - V4, V6) : v6;
    }

    /** The address as text: IPv6 in its short form (RFC 5952). */
    public static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == V4 ? textV4(bytes) : textV6(bytes);
    }

    static boolean isMapped(byte[] v6) {
        for (int i = 0; i < V6 - V4 - 2; i++) {
            if (v6[i] != 0) {
                return false;
            }
        }
        return v6[10] == -1 && v6[11] == -1;
    }

    private static boolean parseV4(String text, int from, byte[] target, int at) {
        int i = from;
        for (int part = 0; part < V4; part++) {
            int start = i;
            int value = 0;
            while (i < text.length() && i - start < 3 && isDigit(text.charAt(i))) {
                value = value * 10 + text.charAt(i) - '0';
                i++;
            }
            boolean leadingZero = i - start > 1 && text.charAt(start) == '0';
            if (i == start || value > 255 || leadingZero) {
                return false;
            }
            target[at + part] = (byte) value;
            if (part < V4 - 1 && (i == text.length() || text.charAt(i++) != '.')) {
                return false;
            }
        }
        return i == text.length();
    }

    private static byte @Nullable [] parseV6(String text) {
        byte[] target = new byte[V6];
        int at = 0;
        int gap = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        }
        while (i < text.length()) {
            int end = endOfGroup(text, i);
            if (end < text.length() && text.charAt(end) == '.') {
                if (at > V6 - V4 || !parseV4(text, i, target, at)) {
                    return null;
                }
                at += V4;
                break;
            }
            int group = hex(text, i, end);
            if (group < 0 || at == V6) {
                return null;
            }
            target[at++] = (byte) (group >> 8);
            target[at++] = (byte) group;
            i = end;
            if (i == text.length()) {
                break;
            }
            if (text.charAt(i++) != ':' || i == text.length()) {
                return null;
            }
            if (text.charAt(i) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = at;
                i++;
            }
        }
        return spread(target, at, gap);
    }

    /** Moves what stands behind the {@code ::} to the end. */
    private static byte @Nullable [] spread(byte[] target, int length, int gap) {
        if (gap < 0) {
            return length == V6 ? target : null;
        }
        if (length == V6) {
            return null;
        }
        byte[] address = new byte[V6];
        System.arraycopy(target, 0, address, 0, gap);
        System.arraycopy(target, gap, address, V6 - (length - gap), length - gap);
        return address;
    }

    private static int endOfGroup(String text, int from) {
        int i = from;
        while (i < text.length() && Character.digit(text.charAt(i), 16) >= 0 && text.charAt(i) < 0x80) {
            i++;
        }
        return i;
    }

    private static int hex(String text, int from, int to) {
        return to == from || to - from > 4 ? -1 : Integer.parseInt(text, from, to, 16);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String textV4(byte[] bytes) {
        return (bytes[0] & 0xFF) + "." + (bytes[1] & 0xFF) + "." + (bytes[2] & 0xFF) + "." + (bytes[3] & 0xFF);
    }

    private static String textV6(byte[] bytes) {
        int gap = -1;
        int gapLength = 1; // a single zero group is written out
        for (int i = 0; i < GROUPS; i++) {
            int length = zeroGroups(bytes, i);
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(bytes, i)));
        }
        return text.toString();
    }

    private static int zeroGroups(byte[] bytes, int from) {
        int i = from;
        while (i < GROUPS && group(bytes, i) == 0) {
            i++;
        }
        return i - from;
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[index * 2] & 0xFF) << 8 | (bytes[index * 2 + 1] & 0xFF);
    }
}
