package io.suimon.engine.plugins.proxyrewrite;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.plugin.FieldText;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;

/** A header rewrite, ready to be made. Immutable. */
final class HeaderEdits {

    private enum Kind {
        ADD,
        SET
    }

    private record Line(Kind kind, HeaderName name, List<CapturingTemplate> values) {}

    private final List<Line> lines;
    private final List<HeaderName> removed;

    HeaderEdits(HeaderRewrite rewrite) {
        var all = new ArrayList<Line>();
        rewrite.add().forEach(field -> all.add(line(Kind.ADD, field)));
        rewrite.set().forEach(field -> all.add(line(Kind.SET, field)));
        this.lines = List.copyOf(all);
        this.removed = rewrite.remove().stream()
                .map(name -> HeaderName.of(WireText.of(name)))
                .toList();
    }

    private static Line line(Kind kind, HeaderRewrite.Field field) {
        return new Line(
                kind,
                HeaderName.of(WireText.of(field.name())),
                field.values().stream().map(CapturingTemplate::parse).toList());
    }

    /** Whether a value speaks of the request's body. */
    boolean readsBody() {
        return lines.stream().flatMap(line -> line.values.stream()).anyMatch(CapturingTemplate::readsBody);
    }

    /** Makes the edits. Every value is rendered before the first edit, so all of them speak of what the client sent. */
    void apply(Exchange exchange, List<String> captures) {
        var rendered = new ArrayList<String[]>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            rendered.add(render(lines.get(i), exchange, captures));
        }
        var headers = exchange.request().headers();
        for (int i = 0; i < lines.size(); i++) {
            apply(lines.get(i), rendered.get(i), headers);
        }
        for (int i = 0; i < removed.size(); i++) {
            headers.remove(removed.get(i));
        }
    }

    private static String[] render(Line line, Exchange exchange, List<String> captures) {
        var values = new String[line.values.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = FieldText.value(line.values.get(i).render(exchange, captures));
        }
        return values;
    }

    private static void apply(Line line, String[] values, Headers headers) {
        if (line.kind == Kind.SET) {
            headers.remove(line.name);
        }
        for (var value : values) {
            if (line.kind == Kind.ADD || !value.isEmpty()) {
                headers.add(line.name, value);
            }
        }
    }
}
