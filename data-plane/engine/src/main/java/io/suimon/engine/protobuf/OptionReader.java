package io.suimon.engine.protobuf;

import java.util.Map;
import java.util.TreeMap;

/** Reads options, those nobody here knows, too: they are read over. For one thread. */
final class OptionReader {

    private final ProtoLexer lexer;

    OptionReader(ProtoLexer lexer) {
        this.lexer = lexer;
    }

    /** Reads over an option behind its keyword. */
    void skip() throws ProtoSyntaxException {
        name();
        lexer.expect('=');
        value();
        lexer.expect(';');
    }

    /** Reads what stands in brackets, if there are any: simple names with their values as written. */
    Map<String, String> list() throws ProtoSyntaxException {
        var options = new TreeMap<String, String>();
        if (lexer.takes('[')) {
            do {
                var name = name();
                lexer.expect('=');
                options.put(name, value());
            } while (lexer.takes(','));
            lexer.expect(']');
        }
        return options;
    }

    /** Without parts in parentheses, which name extensions. */
    private String name() throws ProtoSyntaxException {
        var name = new StringBuilder();
        do {
            if (lexer.takes('(')) {
                name.append('(').append(Names.ofType(lexer)).append(')');
                lexer.expect(')');
            } else {
                name.append(lexer.expect(Token.Kind.WORD).text());
            }
        } while (lexer.takes('.'));
        return name.toString();
    }

    private String value() throws ProtoSyntaxException {
        if (lexer.takes('{')) {
            skipBraces();
            return "";
        }
        if (lexer.peek().kind() == Token.Kind.STRING) {
            return strings();
        }
        var sign = lexer.takes('-') ? "-" : "";
        var kind = lexer.peek().kind();
        if (kind != Token.Kind.WORD && kind != Token.Kind.NUMBER) {
            throw lexer.unexpected("a value");
        }
        return sign + lexer.take().text();
    }

    /** Strings one after the other are one. */
    private String strings() throws ProtoSyntaxException {
        var text = new StringBuilder();
        while (lexer.peek().kind() == Token.Kind.STRING) {
            text.append(lexer.take().text());
        }
        return text.toString();
    }

    private void skipBraces() throws ProtoSyntaxException {
        for (int open = 1; open > 0; ) {
            if (lexer.peek().kind() == Token.Kind.END) {
                throw lexer.unexpected("'}'");
            }
            var token = lexer.take();
            open += token.is('{') ? 1 : token.is('}') ? -1 : 0;
        }
    }
}
