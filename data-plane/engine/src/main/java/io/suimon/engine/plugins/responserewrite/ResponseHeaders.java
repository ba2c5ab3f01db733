package io.suimon.engine.plugins.responserewrite;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.plugin.FieldText;
import io.suimon.engine.plugin.HeaderRewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Edits of the response's header. */
public record ResponseHeaders(HeaderRewrite rewrite) {

    /** The gateway frames messages: a length that is not the body's would make clients see other answers than there are. */
    private static final Set<String> FRAMING = FieldText.names("Content-Length", "Transfer-Encoding", "Connection");

    public ResponseHeaders {
        rewrite.requireNotWritten(FRAMING);
    }

    @JsonCreator
    static ResponseHeaders of(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("headers: " + json + " (expected: an object)");
        }
        return new ResponseHeaders(HeaderRewrite.read(json, ResponseHeaders::lines));
    }

    /** Fields as lines of a header: {@code name: value}. */
    private static List<HeaderRewrite.Field> lines(JsonNode json) {
        var fields = new ArrayList<HeaderRewrite.Field>();
        for (var element : json) {
            var line = element.textValue();
            int colon = line.indexOf(':');
            fields.add(new HeaderRewrite.Field(
                    line.substring(0, colon).strip(),
                    List.of(line.substring(colon + 1).strip())));
        }
        return fields;
    }
}
