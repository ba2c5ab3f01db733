package io.suimon.engine.plugin;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A header rewrite, ready to be made. Immutable. */
public final class HeaderEdits {

    private enum Kind {
        ADD,
        SET
    }

    private record Line(Kind kind, HeaderName name, List<CapturingTemplate> values) {}

    private final List<Line> lines;
    private final List<HeaderName> removed;

    private HeaderEdits(HeaderRewrite rewrite, Function<String, CapturingTemplate> template) {
        var all = new ArrayList<Line>();
        rewrite.add().forEach(field -> all.add(line(Kind.ADD, field, template)));
        rewrite.set().forEach(field -> all.add(line(Kind.SET, field, template)));
        this.lines = List.copyOf(all);
        this.removed = rewrite.remove().stream()
                .map(name -> HeaderName.of(WireText.of(name)))
                .toList();
    }

    /** Makes ready a rewrite whose values are templates. */
    public static HeaderEdits of(HeaderRewrite rewrite) {
        return new HeaderEdits(rewrite, CapturingTemplate::withoutCaptures);
    }

    /** Makes ready a rewrite whose values are templates, with {@code $1} for what a regular expression captured. */
    public static HeaderEdits withCaptures(HeaderRewrite rewrite) {
        return new HeaderEdits(rewrite, CapturingTemplate::parse);
    }

    private static Line line(Kind kind, HeaderRewrite.Field field, Function<String, CapturingTemplate> template) {
        return new Line(
                kind,
                HeaderName.of(WireText.of(field.name())),
                field.values().stream().map(template).toList());
    }

    /** Whether a value speaks of the request's body. */
    public boolean readsBody() {
        return lines.stream().flatMap(line -> line.values.stream()).anyMatch(CapturingTemplate::readsBody);
    }

    /** Whether it removes this field. */
    public boolean removes(HeaderName name) {
        return removed.contains(name);
    }

    /** Makes the edits, without captures. */
    public void apply(Exchange exchange, Headers headers) {
        apply(exchange, headers, List.of());
    }

    /**
     * Makes the edits. Every value is rendered before the first edit, so all of them speak of the message as it came.
     *
     * @param headers of the exchange's request or response
     * @param captures by number; those that are missing are empty
     */
    public void apply(Exchange exchange, Headers headers, List<String> captures) {
        var rendered = new ArrayList<String[]>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            rendered.add(render(lines.get(i), exchange, captures));
        }
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
