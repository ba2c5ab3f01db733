package io.suimon.engine.routing;

import java.util.Collection;

/** Request methods as bits. */
public final class Methods {

    /** Any method. */
    public static final int ANY = 0;

    /** What only unknown methods come to: no request has it. */
    private static final int UNKNOWN = 1 << 30;

    private Methods() {}

    /** The bits of these methods; one that is unknown matches no request. {@link #ANY} when there are no methods. */
    public static int mask(Collection<String> methods) {
        int mask = 0;
        for (var method : methods) {
            int bit = bit(method);
            mask |= bit == 0 ? UNKNOWN : bit;
        }
        return mask;
    }

    /** The bit of this method; 0 for one that no route can name. */
    public static int bit(String method) {
        return switch (method) {
            case "GET" -> 1;
            case "POST" -> 1 << 1;
            case "PUT" -> 1 << 2;
            case "DELETE" -> 1 << 3;
            case "PATCH" -> 1 << 4;
            case "HEAD" -> 1 << 5;
            case "OPTIONS" -> 1 << 6;
            case "CONNECT" -> 1 << 7;
            case "TRACE" -> 1 << 8;
            case "PURGE" -> 1 << 9;
            default -> 0;
        };
    }
}
