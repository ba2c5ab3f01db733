package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text with {@code $var}, {@code ${var}} and {@code ${var ?? default}} in it, read once and rendered per exchange. Immutable.
 *
 * <p>Dots are part of names. What follows a backslash is no variable, and the backslash stays. An absent variable is nothing.
 */
public final class Template {

    private static final Pattern VARIABLE =
            Pattern.compile("(?<!\\\\)\\$(?:\\{\\s*([\\w.]+)\\s*(?:\\?\\?([^}]*+))?\\}|([\\w.]+))");

    /**
     * What a rendering came to.
     *
     * @param resolved how many variables were present or had a default
     */
    public record Rendered(String text, int resolved) {}

    private sealed interface Part {

        record Literal(String text) implements Part {}

        record Reference(Variable variable, @Nullable String otherwise) implements Part {}
    }

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Reads a template; any text is one. */
    public static Template parse(String text) {
        var wire = WireText.of(text);
        var parts = new ArrayList<Part>();
        var matcher = VARIABLE.matcher(wire);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                parts.add(new Part.Literal(wire.substring(from, matcher.start())));
            }
            var name = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
            var otherwise = matcher.group(2);
            parts.add(new Part.Reference(Variable.of(name), otherwise == null ? null : otherwise.strip()));
            from = matcher.end();
        }
        if (from < wire.length()) {
            parts.add(new Part.Literal(wire.substring(from)));
        }
        return new Template(parts);
    }

    /** The text for this exchange, as wire text. */
    public String render(Exchange exchange) {
        return rendered(exchange).text();
    }

    /** The text and how much of it was resolved. */
    public Rendered rendered(Exchange exchange) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal(var text)) {
            return new Rendered(text, 0);
        }
        var text = new StringBuilder();
        int resolved = 0;
        for (var part : parts) {
            var value = textOf(part, exchange);
            if (value != null) {
                text.append(value);
                resolved += part instanceof Part.Reference ? 1 : 0;
            }
        }
        return new Rendered(text.toString(), resolved);
    }

    /** How the value of a variable is written; null is an absent one. */
    @FunctionalInterface
    public interface Quoting {
        void write(StringBuilder to, @Nullable String value);
    }

    /** Appends the text for this exchange, with the values of its variables quoted. */
    public void render(Exchange exchange, StringBuilder to, Quoting quoting) {
        for (var part : parts) {
            var text = textOf(part, exchange);
            if (part instanceof Part.Reference) {
                quoting.write(to, text);
            } else {
                to.append(text);
            }
        }
    }

    private static @Nullable String textOf(Part part, Exchange exchange) {
        return switch (part) {
            case Part.Literal(var text) -> text;
            case Part.Reference(var variable, var otherwise) -> {
                var value = variable.text(exchange);
                yield value == null ? otherwise : value;
            }
        };
    }

    /** Whether it has no variables. */
    public boolean isConstant() {
        return parts.stream().allMatch(part -> part instanceof Part.Literal);
    }

    /** Whether it speaks of the request's body, which then has to be read first. */
    public boolean readsBody() {
        return parts.stream()
                .anyMatch(part -> part instanceof Part.Reference reference && reference.variable.readsBody());
    }
}
