package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.ResponseHead;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static java.util.Map.entry;

/** The response to the client, and when all this was. Times in seconds with milliseconds. */
final class ResponseVariables {

    private static final DateTimeFormatter ISO8601 = format("yyyy-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter COMMON_LOG = format("dd/MMM/yyyy:HH:mm:ss xx");
    private static final int MILLIS_PER_SECOND = 1_000;

    static final Map<String, Variable> ALL = Map.ofEntries(
            entry("status", exchange -> status(exchange.response().status())),
            entry("bytes_sent", exchange -> Long.toString(exchange.timing().responseBytes)),
            entry("body_bytes_sent", exchange -> Long.toString(exchange.timing().responseBodyBytes)),
            entry("request_length", exchange -> Long.toString(exchange.timing().requestBytes)),
            entry("request_time", exchange -> seconds(elapsedMillis(exchange))),
            entry("msec", exchange -> seconds(now(exchange))),
            entry("time_iso8601", exchange -> ISO8601.format(Instant.ofEpochMilli(now(exchange)))),
            entry("time_local", exchange -> COMMON_LOG.format(Instant.ofEpochMilli(now(exchange)))));

    private ResponseVariables() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneId.systemDefault());
    }

    static Variable sentField(String name) {
        var header = HeaderName.sought(name.replace('_', '-'));
        return exchange -> Values.joined(exchange.response().headers(), header, ", ");
    }

    static Variable upstreamField(String name) {
        var header = HeaderName.sought(name.replace('_', '-'));
        return exchange -> exchange.response().source() == ResponseHead.Source.UPSTREAM
                ? Values.joined(exchange.response().headers(), header, ", ")
                : null;
    }

    /** Three digits; zeros before there is one. */
    private static String status(int status) {
        return status == 0 ? "000" : Integer.toString(status);
    }

    /** The exchange's own clock: the end once it is known, its start before. */
    private static long now(Exchange exchange) {
        return exchange.timing().startMillis + elapsedMillis(exchange);
    }

    private static long elapsedMillis(Exchange exchange) {
        var timing = exchange.timing();
        return timing.endNanos == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(timing.endNanos - timing.startNanos);
    }

    static String seconds(long millis) {
        long fraction = millis % MILLIS_PER_SECOND;
        return millis / MILLIS_PER_SECOND + (fraction < 10 ? ".00" : fraction < 100 ? ".0" : ".") + fraction;
    }
}
