package io.suimon.engine.plugins.cors;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** Answers preflights, and sets the fields browsers ask for on every answer. */
final class CorsFilter implements Filter {

    private static final HeaderName ALLOW_ORIGIN = HeaderName.of("Access-Control-Allow-Origin");
    private static final HeaderName ALLOW_METHODS = HeaderName.of("Access-Control-Allow-Methods");
    private static final HeaderName ALLOW_HEADERS = HeaderName.of("Access-Control-Allow-Headers");
    private static final HeaderName ALLOW_CREDENTIALS = HeaderName.of("Access-Control-Allow-Credentials");
    private static final HeaderName EXPOSE_HEADERS = HeaderName.of("Access-Control-Expose-Headers");
    private static final HeaderName MAX_AGE = HeaderName.of("Access-Control-Max-Age");
    private static final HeaderName REQUEST_HEADERS = HeaderName.of("Access-Control-Request-Headers");
    private static final HeaderName TIMING_ALLOW_ORIGIN = HeaderName.of("Timing-Allow-Origin");
    private static final String EVERY_METHOD = "GET,POST,PUT,DELETE,PATCH,HEAD,OPTIONS,CONNECT,TRACE";
    private static final String ORIGIN_SEEN = "cors origin"; // no variable's name: it has a blank

    private static final Decision PREFLIGHT = Decision.text(200, "");

    private final OriginRule origins;
    private final @Nullable OriginRule timingOrigins;
    private final boolean varies;
    private final String methods;
    private final @Nullable String allowHeaders;
    private final @Nullable String exposeHeaders;
    private final boolean credential;
    private final String maxAge;

    CorsFilter(CorsConfig config, OriginRule origins, @Nullable OriginRule timingOrigins) {
        var exposed = config.exposeHeaders();
        this.origins = origins;
        this.timingOrigins = timingOrigins;
        this.varies = !config.allowOrigins().equals(CorsConfig.ANY);
        this.methods =
                config.allowMethods().equals(CorsConfig.FORCED) ? EVERY_METHOD : WireText.of(config.allowMethods());
        this.allowHeaders = config.allowHeaders().equals(CorsConfig.FORCED) ? null : WireText.of(config.allowHeaders());
        this.exposeHeaders = exposed == null || exposed.isEmpty() ? null : WireText.of(exposed);
        this.credential = config.allowCredential();
        this.maxAge = Long.toString(config.maxAge());
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var origin = exchange.request().headers().first(HeaderName.ORIGIN);
        if (origin != null) {
            exchange.variable(ORIGIN_SEEN, origin); // later filters may change what the upstream is told
        }
        return exchange.request().method().equals("OPTIONS") ? PREFLIGHT : Decision.proceed();
    }

    @Override
    public void onResponse(Exchange exchange) {
        var headers = exchange.response().headers();
        var origin = exchange.variable(ORIGIN_SEEN) instanceof String seen
                ? seen
                : exchange.request().headers().first(HeaderName.ORIGIN);
        if (varies) {
            headers.add(HeaderName.VARY, "Origin");
        }
        var allowed = origins.allowed(origin);
        if (allowed != null) {
            allow(exchange, headers, allowed);
        }
        var timed = timingOrigins == null ? null : timingOrigins.allowed(origin);
        if (timed != null) {
            headers.set(TIMING_ALLOW_ORIGIN, timed);
        }
    }

    private void allow(Exchange exchange, Headers headers, String origin) {
        headers.set(ALLOW_ORIGIN, origin);
        headers.set(ALLOW_METHODS, methods);
        headers.set(MAX_AGE, maxAge);
        var named = allowHeaders == null ? exchange.request().headers().first(REQUEST_HEADERS) : allowHeaders;
        if (named != null) {
            headers.set(ALLOW_HEADERS, named);
        }
        if (exposeHeaders != null) {
            headers.set(EXPOSE_HEADERS, exposeHeaders);
        }
        if (credential) {
            headers.set(ALLOW_CREDENTIALS, "true");
        }
    }
}
