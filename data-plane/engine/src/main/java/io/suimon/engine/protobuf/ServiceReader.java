package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;

/** Reads services and their methods. For one thread. */
final class ServiceReader {

    private final ProtoLexer lexer;
    private final NamePlaces names;
    private final OptionReader options;

    ServiceReader(ProtoLexer lexer, NamePlaces names) {
        this.lexer = lexer;
        this.names = names;
        this.options = new OptionReader(lexer);
    }

    ServiceDescriptorProto service() throws ProtoSyntaxException {
        var name = lexer.expect(Token.Kind.WORD);
        names.put(Names.within("", name), name.offset());
        var service = ServiceDescriptorProto.newBuilder().setName(name.text());
        lexer.expect('{');
        while (!lexer.takes('}')) {
            if (lexer.takes("rpc")) {
                service.addMethod(method(name.text()));
            } else if (lexer.takes("option")) {
                options.skip();
            } else if (!lexer.takes(';')) {
                throw lexer.unexpected("'rpc', 'option' or '}'");
            }
        }
        return service.build();
    }

    private MethodDescriptorProto method(String service) throws ProtoSyntaxException {
        var name = lexer.expect(Token.Kind.WORD);
        names.put(Names.within(service, name), name.offset());
        var method = MethodDescriptorProto.newBuilder().setName(name.text());
        lexer.expect('(');
        method.setClientStreaming(isStream()).setInputType(type());
        lexer.expect(')');
        if (!lexer.takes("returns")) {
            throw lexer.unexpected("'returns'");
        }
        lexer.expect('(');
        method.setServerStreaming(isStream()).setOutputType(type());
        lexer.expect(')');
        end();
        return method.build();
    }

    // A type may have the name "stream", but none does.
    private boolean isStream() throws ProtoSyntaxException {
        return lexer.takes("stream");
    }

    private String type() throws ProtoSyntaxException {
        return Names.ofType(lexer);
    }

    private void end() throws ProtoSyntaxException {
        if (!lexer.takes('{')) {
            lexer.expect(';');
            return;
        }
        while (!lexer.takes('}')) {
            if (lexer.takes("option")) {
                options.skip();
            } else {
                lexer.expect(';');
            }
        }
    }
}
