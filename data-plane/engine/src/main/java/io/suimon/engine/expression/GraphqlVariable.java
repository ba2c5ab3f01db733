package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.text.WireText;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code graphql_*}: what the first operation of a GraphQL request asks for. */
record GraphqlVariable(Function<GraphqlOperation, Object> part) implements Variable {

    /** The longest document that is looked at, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    static final Map<String, Variable> ALL = Map.of(
            "graphql_operation", new GraphqlVariable(GraphqlOperation::type),
            "graphql_name", new GraphqlVariable(GraphqlOperation::name),
            "graphql_root_fields", new GraphqlVariable(GraphqlOperation::rootFields));

    @Override
    public @Nullable Object value(Exchange exchange) {
        var document = document(exchange);
        if (document == null || document.length() > MAX_BYTES) {
            return null;
        }
        var operation = GraphqlOperation.parse(document);
        return operation == null ? null : part.apply(operation);
    }

    private static @Nullable String document(Exchange exchange) {
        if (exchange.request().method().equals("GET")) {
            var argument = exchange.request().arguments().first("query");
            return argument == null ? null : argument.value();
        }
        byte[] body = exchange.requestBody();
        if (!exchange.request().method().equals("POST") || body == null || body.length > MAX_BYTES) {
            return null;
        }
        if ("application/json".equals(exchange.request().headers().first(HeaderName.CONTENT_TYPE))) {
            return exchange.parsedBody().root() instanceof Map<?, ?> fields
                            && fields.get("query") instanceof String query
                    ? query
                    : null;
        }
        return WireText.of(body, 0, body.length);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
