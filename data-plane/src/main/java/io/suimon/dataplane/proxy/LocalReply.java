package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.Reasons;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.ResponseHead.Source;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway answers by itself, as nginx and APISIX would.
 *
 * @param status what is sent, which is not always what was asked for
 * @param body null for none
 * @param sized whether the length is told; else the body is sent in chunks
 * @param contentType of the body; null for none
 */
record LocalReply(
        int status,
        byte @Nullable [] body,
        boolean sized,
        @Nullable String contentType) {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String HTML_WITHOUT_CHARSET = "text/html";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final byte[] NOTHING = {};

    /** The answer where no route matches. */
    static final Decision.Reply NO_ROUTE = Decision.json(404, "{\"error_msg\":\"404 Route Not Found\"}");

    /** Whether a reply of this status means to say nothing and hang up. */
    static boolean isSilent(Decision.Reply reply) {
        return reply.body() == null && (reply.status() == 408 || reply.status() == 444 || reply.status() == 499);
    }

    /** The answer that a reply comes to. */
    static LocalReply of(Decision.Reply reply) {
        int status = reply.status();
        if (status == 204) {
            return new LocalReply(status, null, true, null);
        }
        return switch (reply.body()) {
            case Decision.Body.Json(String text) -> chunked(status, WireText.bytes(text + "\n"));
            case Decision.Body.Text(String text) -> chunked(status, WireText.bytes(text));
            case null -> withoutBody(status);
        };
    }

    private static LocalReply chunked(int status, byte[] body) {
        return new LocalReply(status, body, false, TEXT);
    }

    private static LocalReply withoutBody(int asked) {
        int status = asked >= 494 && asked <= 497 ? 400 : asked;
        if (status >= 200 && status < 300) {
            return chunked(status, NOTHING);
        }
        var page = StandardPage.of(status);
        if (page == null) {
            return new LocalReply(status, NOTHING, true, null);
        }
        return new LocalReply(status, page, true, status == 301 || status == 302 ? HTML_WITHOUT_CHARSET : HTML);
    }

    /** Makes it the head of the exchange's response, in front of what filters see. */
    void applyTo(Exchange exchange, Decision.Reply reply, Source source) {
        var response = exchange.response();
        response.headers().receive(NOTHING);
        response.status(status);
        response.source(source);
        for (var field : reply.headers()) {
            response.headers().add(field.name(), field.value());
        }
        if (contentType != null && !response.headers().contains(HeaderName.CONTENT_TYPE)) {
            response.headers().add(HeaderName.CONTENT_TYPE, contentType);
        }
    }

    /** A whole answer, with Connection: close, to what is no request. */
    static byte[] refusal(int status, byte[] dateLine) {
        var page = StandardPage.of(status);
        byte[] body = page == null ? NOTHING : page;
        var head = "HTTP/1.1 " + status + " " + Reasons.of(status) + "\r\n" + WireText.of(dateLine, 0, dateLine.length)
                + "Server: openresty\r\n" + (page == null ? "" : "Content-Type: " + HTML + "\r\n")
                + "Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
        byte[] answer = java.util.Arrays.copyOf(WireText.bytes(head), head.length() + body.length);
        System.arraycopy(body, 0, answer, head.length(), body.length);
        return answer;
    }
}
