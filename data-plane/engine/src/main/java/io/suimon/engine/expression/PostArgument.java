package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.text.WireText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code post_arg_<name>}: the first field of this name in a form. */
record PostArgument(String name) implements Variable {

    private static final String FORM = "application/x-www-form-urlencoded";

    @Override
    public @Nullable Object value(Exchange exchange) {
        var type = exchange.request().headers().first(HeaderName.CONTENT_TYPE);
        if (type == null || !WireText.lowerCase(type).startsWith(FORM)) {
            return null;
        }
        var value = exchange.parsedBody().root() instanceof Map<?, ?> fields ? fields.get(name) : null;
        return value instanceof List<?> several ? several.getFirst() : value;
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
