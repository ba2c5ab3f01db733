package io.suimon.engine.plugins.proxyrewrite;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.plugin.FieldText;
import io.suimon.engine.plugin.HeaderRewrite;
import java.util.Set;

/** Edits of the request's header. */
public record RequestHeaders(HeaderRewrite rewrite) {

    /** The gateway frames messages: whoever edits these makes the upstream see other requests than there are. */
    private static final Set<String> FRAMING = FieldText.names("Content-Length", "Transfer-Encoding");

    /** Always the gateway's own. */
    private static final Set<String> UNTOUCHED = FieldText.names("Host", "X-Real-IP", "Connection");

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    public RequestHeaders {
        rewrite.requireNotWritten(FRAMING);
        rewrite.requireNotRemoved(FRAMING);
    }

    @JsonCreator
    static RequestHeaders of(JsonNode json) {
        return new RequestHeaders(HeaderRewrite.read(json, HeaderRewrite::fields));
    }

    /** The edits without those that have no effect. */
    HeaderRewrite effective() {
        return rewrite.where(
                name -> !UNTOUCHED.contains(name),
                name -> !UNTOUCHED.contains(name) && !name.equalsIgnoreCase(FORWARDED_FOR));
    }
}
