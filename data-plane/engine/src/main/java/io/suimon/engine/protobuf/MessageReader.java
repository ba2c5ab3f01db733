package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads messages, enums and extensions. For one thread. */
final class MessageReader {

    /** As deep as {@code protoc} reads. */
    static final int MAX_DEPTH = 32;

    private final ProtoLexer lexer;
    private final NamePlaces names;
    private final OptionReader options;
    private final FieldReader fields;

    MessageReader(ProtoLexer lexer, NamePlaces names, boolean proto3) {
        this.lexer = lexer;
        this.names = names;
        this.options = new OptionReader(lexer);
        this.fields = new FieldReader(lexer, names, options, proto3);
    }

    OptionReader options() {
        return options;
    }

    /** Reads a message behind its keyword. */
    DescriptorProto message(String scope, int depth) throws ProtoSyntaxException {
        var name = named(scope);
        if (depth > MAX_DEPTH) {
            throw new ProtoSyntaxException(
                    name.offset(), "message " + name.shown() + " (expected: at most " + MAX_DEPTH + " levels)");
        }
        var message = DescriptorProto.newBuilder().setName(name.text());
        var inner = Names.within(scope, name);
        lexer.expect('{');
        while (!lexer.takes('}')) {
            member(message, inner, depth);
        }
        addSyntheticOneofs(message);
        return message.build();
    }

    private void member(DescriptorProto.Builder message, String scope, int depth) throws ProtoSyntaxException {
        if (lexer.takes("message")) {
            message.addNestedType(message(scope, depth + 1));
        } else if (lexer.takes("enum")) {
            message.addEnumType(enumeration(scope));
        } else if (lexer.takes("extend")) {
            extensions(scope).forEach(message::addExtension);
        } else if (lexer.takes("oneof")) {
            oneof(message, scope);
        } else if (lexer.takes("extensions")) {
            extensionRanges(message);
        } else if (lexer.takes("option")) {
            options.skip();
        } else if (lexer.takes("reserved")) {
            skipReserved();
        } else if (!lexer.takes(';')) {
            message.addField(fields.field(scope, message::addNestedType));
        }
    }

    private void oneof(DescriptorProto.Builder message, String scope) throws ProtoSyntaxException {
        var name = named(scope);
        int index = message.getOneofDeclCount();
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(name.text()));
        lexer.expect('{');
        while (!lexer.takes('}')) {
            if (lexer.takes("option")) {
                options.skip();
            } else if (!lexer.takes(';')) {
                message.addField(choice(scope, index));
            }
        }
    }

    private FieldDescriptorProto.Builder choice(String scope, int oneof) throws ProtoSyntaxException {
        var start = lexer.peek();
        var field = fields.field(scope, entry -> {});
        if (field.getLabel() != FieldDescriptorProto.Label.LABEL_OPTIONAL || field.getProto3Optional()) {
            throw new ProtoSyntaxException(start.offset(), start.shown() + " (expected: a type within a oneof)");
        }
        return field.setOneofIndex(oneof);
    }

    /** Reads the fields of an extension behind its keyword. */
    List<FieldDescriptorProto.Builder> extensions(String scope) throws ProtoSyntaxException {
        var extended = Names.ofType(lexer);
        var extensions = new ArrayList<FieldDescriptorProto.Builder>();
        lexer.expect('{');
        while (!lexer.takes('}')) {
            if (!lexer.takes(';')) {
                // An extension is no choice of its message; it always knows whether it is there.
                extensions.add(
                        fields.field(scope, entry -> {}).setExtendee(extended).clearProto3Optional());
            }
        }
        return extensions;
    }

    /** Reads an enum behind its keyword. */
    EnumDescriptorProto enumeration(String scope) throws ProtoSyntaxException {
        var name = named(scope);
        var inner = Names.within(scope, name);
        var enumeration = EnumDescriptorProto.newBuilder().setName(name.text());
        lexer.expect('{');
        while (!lexer.takes('}')) {
            if (lexer.takes("option")) {
                options.skip();
            } else if (lexer.takes("reserved")) {
                skipReserved();
            } else if (!lexer.takes(';')) {
                var value = EnumValueDescriptorProto.newBuilder()
                        .setName(named(inner).text());
                lexer.expect('=');
                enumeration.addValue(value.setNumber(Numbers.signed(lexer)));
                options.list();
                lexer.expect(';');
            }
        }
        return enumeration.build();
    }

    private void extensionRanges(DescriptorProto.Builder message) throws ProtoSyntaxException {
        do {
            int start = Numbers.ofField(lexer);
            int end = start;
            if (lexer.takes("to")) {
                end = lexer.takes("max") ? Numbers.MAX_FIELD : Numbers.ofField(lexer);
            }
            message.addExtensionRange(
                    DescriptorProto.ExtensionRange.newBuilder().setStart(start).setEnd(end + 1));
        } while (lexer.takes(','));
        options.list();
        lexer.expect(';');
    }

    /** What must not be used changes nothing about what is used. */
    private void skipReserved() throws ProtoSyntaxException {
        while (!lexer.takes(';')) {
            if (lexer.peek().kind() == Token.Kind.END) {
                throw lexer.unexpected("';'");
            }
            lexer.take();
        }
    }

    /** An optional field of version 3 is a choice of one; these come after all others. */
    private static void addSyntheticOneofs(DescriptorProto.Builder message) {
        var taken = new HashSet<String>();
        message.getFieldList().forEach(field -> taken.add(field.getName()));
        message.getOneofDeclList().forEach(oneof -> taken.add(oneof.getName()));
        for (var field : message.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                var name = new StringBuilder("_").append(field.getName());
                while (!taken.add(name.toString())) {
                    name.insert(0, 'X');
                }
                field.setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(name.toString()));
            }
        }
    }

    private Token named(String scope) throws ProtoSyntaxException {
        var name = lexer.expect(Token.Kind.WORD);
        names.put(Names.within(scope, name), name.offset());
        return name;
    }
}
