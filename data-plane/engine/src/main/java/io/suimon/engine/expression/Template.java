package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;

/** Text with {@code $var}, {@code ${var}} and {@code ${var ?? default}} in it, read once and rendered per exchange. Immutable. */
public final class Template {

    /**
     * What a rendering came to.
     *
     * @param resolved how many variables were present or had a default
     */
    public record Rendered(String text, int resolved) {}

    private Template() {}

    /** Reads a template; any text is one. */
    public static Template parse(String text) {
        throw new UnsupportedOperationException(text);
    }

    /** The text for this exchange, as wire text. */
    public String render(Exchange exchange) {
        return rendered(exchange).text();
    }

    /** The text and how much of it was resolved. */
    public Rendered rendered(Exchange exchange) {
        throw new UnsupportedOperationException();
    }

    /** Whether it has no variables. */
    public boolean isConstant() {
        throw new UnsupportedOperationException();
    }
}
