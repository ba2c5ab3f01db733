package io.suimon.engine.plugins.responserewrite;

import io.suimon.engine.http.BodyTransform;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.HeaderEdits;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** Edits the response, whoever made it. */
final class ResponseRewriteFilter implements Filter {

    private static final HeaderName LAST_MODIFIED = HeaderName.of("Last-Modified");
    private static final HeaderName ETAG = HeaderName.of("ETag");
    private static final byte[] NOTHING = {};

    private final ResponseRewriteConfig config;
    private final @Nullable HeaderEdits headers;
    private final byte @Nullable [] body;
    private final @Nullable BodyEdits edits;

    ResponseRewriteFilter(ResponseRewriteConfig config) {
        this.config = config;
        this.headers = config.headers() == null
                ? null
                : HeaderEdits.of(config.headers().rewrite());
        this.body = bodyOf(config);
        this.edits = config.filters().isEmpty() ? null : BodyEdits.of(config.filters());
    }

    private static byte @Nullable [] bodyOf(ResponseRewriteConfig config) {
        var text = config.body();
        if (text == null) {
            return null;
        }
        return config.bodyBase64() ? ResponseRewriteConfig.decoded(text) : WireText.bytes(WireText.of(text));
    }

    @Override
    public boolean readsBody() {
        return (config.vars() != null && config.vars().expression().readsBody())
                || (headers != null && headers.readsBody());
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        return Decision.proceed();
    }

    @Override
    public void onResponse(Exchange exchange) {
        if (config.vars() != null && !config.vars().expression().test(exchange)) {
            return;
        }
        if (config.statusCode() != null) {
            exchange.response().status(config.statusCode());
        }
        var transform = transform(exchange.response().headers());
        if (transform != null) {
            exchange.response().transform(transform);
        }
        if (headers != null) {
            headers.apply(exchange, exchange.response().headers());
            if (headers.removes(HeaderName.CONTENT_LENGTH)) {
                exchange.response()
                        .transform((part, last) -> part); // sent in chunks, then: a body has to end somewhere
            }
        }
    }

    /** What the body goes through; the fields that described the old one are gone then. */
    private @Nullable BodyTransform transform(Headers head) {
        if (body == null && edits == null) {
            return null;
        }
        var decoding = ContentDecoding.of(head.first(HeaderName.CONTENT_ENCODING));
        head.remove(HeaderName.CONTENT_LENGTH);
        head.remove(HeaderName.CONTENT_ENCODING);
        head.remove(LAST_MODIFIED);
        head.remove(ETAG);
        return edits == null
                ? (part, last) -> last ? replacement() : NOTHING
                : new EditedBody(edits, decoding, (int) config.maxRespBodySize());
    }

    private byte[] replacement() {
        return body == null ? NOTHING : body;
    }
}
