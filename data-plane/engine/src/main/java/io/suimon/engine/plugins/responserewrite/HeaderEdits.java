package io.suimon.engine.plugins.responserewrite;

import io.suimon.engine.expression.Template;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.FieldText;
import io.suimon.engine.text.WireText;
import java.util.List;
import java.util.stream.Stream;

/** A header rewrite, ready to be made. Immutable. */
final class HeaderEdits {

    private record Line(HeaderName name, Template value) {

        static Line of(HeaderRewrite.Field field) {
            return new Line(HeaderName.of(WireText.of(field.name())), Template.parse(field.value()));
        }

        String render(Exchange exchange) {
            return FieldText.value(value.render(exchange));
        }
    }

    private final List<Line> added;
    private final List<Line> set;
    private final List<HeaderName> removed;

    HeaderEdits(HeaderRewrite rewrite) {
        this.added = rewrite.add().stream().map(Line::of).toList();
        this.set = rewrite.set().stream().map(Line::of).toList();
        this.removed = rewrite.remove().stream()
                .map(name -> HeaderName.of(WireText.of(name)))
                .toList();
    }

    /** Whether a value speaks of the request's body. */
    boolean readsBody() {
        return Stream.concat(added.stream(), set.stream()).anyMatch(line -> line.value.readsBody());
    }

    void apply(Exchange exchange) {
        var headers = exchange.response().headers();
        for (var line : added) {
            headers.add(line.name, line.render(exchange));
        }
        for (var line : set) {
            var value = line.render(exchange);
            headers.remove(line.name);
            if (!value.isEmpty()) {
                headers.add(line.name, value);
            }
        }
        for (var name : removed) {
            if (name.equals(HeaderName.CONTENT_LENGTH)) {
                exchange.response()
                        .transform((part, last) -> part); // sent in chunks, then: a body has to end somewhere
            } else {
                headers.remove(name);
            }
        }
    }
}
