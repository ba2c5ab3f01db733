package io.suimon.dataplane.proxy;

import java.util.Locale;

/** What a client came up against: a limit, or a rule of the wire. A closed set, as it labels a metric. */
public enum Refusal {
    /** One connection too many, in all. */
    CONNECTIONS,
    /** One connection too many of this address. */
    CONNECTIONS_OF_ADDRESS,
    /** No PROXY header, or a broken one, where there has to be one. */
    PROXY_HEADER,
    /** 400: no request, one that can be read in two ways, or a body with broken framing. */
    MALFORMED,
    /** 405: a method that no gateway answers. */
    METHOD,
    /** 413. */
    BODY,
    /** 414. */
    REQUEST_LINE,
    /** 431. */
    HEAD,
    /** 505. */
    VERSION,
    /** A head that took too long. */
    HEAD_TIMEOUT,
    /** A body of which nothing came for too long. */
    BODY_TIMEOUT,
    /** A body that came too slowly. */
    BODY_RATE,
    /** A client that took nothing of its response. */
    SEND_TIMEOUT,
    /** Frames of HTTP/2 that keep the gateway busy with nothing. */
    FLOOD,
    /** No further request for too long. */
    IDLE,
    /** 503: too many requests waited for a connection to the same endpoint already. */
    UPSTREAM_PENDING;

    /** As a metric names it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a status stands for that is answered before there is an exchange. */
    static Refusal of(int status) {
        return switch (status) {
            case 405 -> METHOD;
            case 413 -> BODY;
            case 414 -> REQUEST_LINE;
            case 431 -> HEAD;
            case 505 -> VERSION;
            default -> MALFORMED;
        };
    }
}
