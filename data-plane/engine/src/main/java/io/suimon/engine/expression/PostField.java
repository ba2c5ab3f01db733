package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code post_arg.<path>}: a value inside the body, or the list of those a path with wildcards finds. */
final class PostField implements Variable {

    private final String name;
    private final @Nullable BodyPath path;

    private PostField(String name, @Nullable BodyPath path) {
        this.name = name;
        this.path = path;
    }

    /** A path that cannot be read finds nothing; who must know beforehand asks {@link BodyPath#parse}. */
    static PostField of(String name) {
        return new PostField(name, BodyPath.parse(name) instanceof BodyPath.Parsed.Valid(var path) ? path : null);
    }

    @Override
    public @Nullable Object value(Exchange exchange) {
        var body = exchange.parsedBody();
        if (body.isForm() && body.root() instanceof Map<?, ?> fields && fields.containsKey(name)) {
            return Objects.requireNonNull(fields.get(name));
        }
        return path == null ? null : path.find(body.root());
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
