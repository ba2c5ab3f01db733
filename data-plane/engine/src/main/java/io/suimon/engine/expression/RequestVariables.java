package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.text.WireText;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/** What a request says of itself, and the route and caller found for it. */
final class RequestVariables {

    private static final HeaderName AUTHORIZATION = HeaderName.of("Authorization");
    private static final String BASIC = "basic ";

    static final Map<String, Variable> ALL = Map.ofEntries(
            entry("uri", exchange -> exchange.request().path().text()),
            entry("document_uri", exchange -> exchange.request().path().text()),
            entry("request_uri", RequestVariables::requestUri),
            entry("real_request_uri", exchange -> exchange.request().rawPath()),
            entry("args", exchange -> exchange.request().query()),
            entry("query_string", exchange -> exchange.request().query()),
            entry("is_args", RequestVariables::questionMark),
            entry("method", exchange -> exchange.request().method()),
            entry("request_method", exchange -> exchange.request().method()),
            entry("request", RequestVariables::requestLine),
            entry("server_protocol", RequestVariables::protocol),
            entry("host", exchange -> exchange.request().host()),
            entry("content_type", field(HeaderName.CONTENT_TYPE)),
            entry("content_length", field(HeaderName.CONTENT_LENGTH)),
            entry("remote_user", RequestVariables::remoteUser),
            entry("request_id", Exchange::requestId),
            entry("apisix_request_id", set("apisix_request_id", Exchange::requestId)),
            entry("request_type", set("request_type", exchange -> "traditional_http")),
            entry(
                    "route_id",
                    exchange ->
                            exchange.route() == null ? null : exchange.route().routeId()),
            entry(
                    "route_name",
                    exchange ->
                            exchange.route() == null ? null : exchange.route().routeName()),
            entry(
                    "service_id",
                    exchange ->
                            exchange.route() == null ? null : exchange.route().serviceId()),
            entry(
                    "service_name",
                    exchange ->
                            exchange.route() == null ? null : exchange.route().serviceName()),
            entry(
                    "consumer_name",
                    exchange -> exchange.consumer() == null
                            ? null
                            : exchange.consumer().username()),
            entry(
                    "consumer_group_id",
                    exchange -> exchange.consumer() == null
                            ? null
                            : exchange.consumer().groupId()));

    private RequestVariables() {}

    /** What a filter set, else this. */
    static Variable set(String name, Variable otherwise) {
        return exchange -> {
            var value = exchange.variable(name);
            return value == null ? otherwise.value(exchange) : value;
        };
    }

    private static Variable field(HeaderName name) {
        return exchange -> exchange.request().headers().first(name);
    }

    private static String requestUri(Exchange exchange) {
        var query = exchange.request().query();
        var path = exchange.request().path().text();
        return query == null || query.isEmpty() ? path : path + "?" + query;
    }

    private static String questionMark(Exchange exchange) {
        var query = exchange.request().query();
        return query == null || query.isEmpty() ? "" : "?";
    }

    private static String protocol(Exchange exchange) {
        if (exchange.connection().http2()) {
            return "HTTP/2.0";
        }
        return exchange.request().minorVersion() == 0 ? "HTTP/1.0" : "HTTP/1.1";
    }

    private static String requestLine(Exchange exchange) {
        var request = exchange.request();
        return request.method() + " " + request.target() + " " + protocol(exchange);
    }

    /** The name in Basic credentials, whether they are right or not. */
    private static @Nullable String remoteUser(Exchange exchange) {
        var credentials = exchange.request().headers().first(AUTHORIZATION);
        if (credentials == null || !WireText.lowerCase(credentials).startsWith(BASIC)) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(WireText.bytes(credentials.substring(BASIC.length()).strip()));
            var text = WireText.of(decoded, 0, decoded.length);
            int colon = text.indexOf(':');
            return colon < 0 ? null : text.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
