package io.suimon.engine.plugin;

import io.suimon.engine.expression.Template;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A template in which {@code $1} and <code>${1}</code> stand for what a regular expression captured. Immutable. */
final class CapturingTemplate {

    private static final Pattern CAPTURE = Pattern.compile("(?<!\\\\)\\$(?:(\\d{1,2})|\\{(\\d{1,2})\\})");
    private static final int NONE = -1;

    /** A template, and the number of the capture behind it. */
    private record Part(Template template, int capture) {}

    private final List<Part> parts;
    private final @Nullable String constant;

    private CapturingTemplate(List<Part> parts, @Nullable String constant) {
        this.parts = List.copyOf(parts);
        this.constant = constant;
    }

    /** Reads a template in which no captures are spoken of: a dollar with digits is a variable there. */
    static CapturingTemplate withoutCaptures(String text) {
        return of(List.of(), text);
    }

    static CapturingTemplate parse(String text) {
        var parts = new ArrayList<Part>();
        var matcher = CAPTURE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            var number = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            parts.add(new Part(Template.parse(text.substring(from, matcher.start())), Integer.parseInt(number)));
            from = matcher.end();
        }
        return of(parts, text.substring(from));
    }

    private static CapturingTemplate of(List<Part> parts, String rest) {
        var last = Template.parse(rest);
        var all = new ArrayList<>(parts);
        all.add(new Part(last, NONE));
        return new CapturingTemplate(all, parts.isEmpty() && last.isConstant() ? WireText.of(rest) : null);
    }

    /** Whether it speaks of the request's body. */
    boolean readsBody() {
        return parts.stream().anyMatch(part -> part.template.readsBody());
    }

    /**
     * The text.
     *
     * @param captures by number; those that are missing are empty
     */
    String render(Exchange exchange, List<String> captures) {
        if (constant != null) {
            return constant;
        }
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(part.template.render(exchange));
            if (part.capture >= 0 && part.capture < captures.size()) {
                text.append(captures.get(part.capture));
            }
        }
        return text.toString();
    }
}
