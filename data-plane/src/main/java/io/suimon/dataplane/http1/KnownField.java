package io.suimon.dataplane.http1;

import io.suimon.engine.http.HeaderName;

/** The fields a proxy has to look at; found once, while parsing. */
public final class KnownField {

    /** What a field is to a proxy: a small number, kept per field. */
    public static final byte OTHER = 0;

    public static final byte HOST = 1;
    public static final byte CONNECTION = 2;
    public static final byte CONTENT_LENGTH = 3;
    public static final byte TRANSFER_ENCODING = 4;
    public static final byte EXPECT = 5;

    /** {@code Keep-Alive}, {@code TE}, {@code Proxy-Connection}: spoken between neighbours only. */
    public static final byte HOP_BY_HOP = 6;

    public static final byte UPGRADE = 7;
    public static final byte SERVER = 8;
    public static final byte DATE = 9;
    public static final byte X_REAL_IP = 10;
    public static final byte X_FORWARDED_FOR = 11;
    public static final byte X_FORWARDED_PROTO = 12;
    public static final byte X_FORWARDED_HOST = 13;
    public static final byte X_FORWARDED_PORT = 14;
    public static final byte FORWARDED = 15;
    public static final byte CONTENT_TYPE = 16;

    private record Entry(HeaderName name, byte kind) {}

    private static final Entry[][] BY_LENGTH = new Entry[18][];

    static {
        add("Host", HOST);
        add("Connection", CONNECTION);
        add("Content-Length", CONTENT_LENGTH);
        add("Transfer-Encoding", TRANSFER_ENCODING);
        add("Expect", EXPECT);
        add("Keep-Alive", HOP_BY_HOP);
        add("TE", HOP_BY_HOP);
        add("Proxy-Connection", HOP_BY_HOP);
        add("Upgrade", UPGRADE);
        add("Server", SERVER);
        add("Date", DATE);
        add("X-Real-IP", X_REAL_IP);
        add("X-Forwarded-For", X_FORWARDED_FOR);
        add("X-Forwarded-Proto", X_FORWARDED_PROTO);
        add("X-Forwarded-Host", X_FORWARDED_HOST);
        add("X-Forwarded-Port", X_FORWARDED_PORT);
        add("Forwarded", FORWARDED);
        add("Content-Type", CONTENT_TYPE);
    }

    private KnownField() {}

    private static void add(String name, byte kind) {
        var before = BY_LENGTH[name.length()];
        int count = before == null ? 0 : before.length;
        var entries = before == null ? new Entry[1] : java.util.Arrays.copyOf(before, count + 1);
        entries[count] = new Entry(HeaderName.of(name), kind);
        BY_LENGTH[name.length()] = entries;
    }

    /** The kind of the field with this name. */
    static byte of(byte[] block, int from, int to) {
        int length = to - from;
        if (length >= BY_LENGTH.length) {
            return OTHER;
        }
        var entries = BY_LENGTH[length];
        if (entries == null) {
            return OTHER;
        }
        for (var entry : entries) {
            if (entry.name.matches(block, from, to)) {
                return entry.kind;
            }
        }
        return OTHER;
    }
}
