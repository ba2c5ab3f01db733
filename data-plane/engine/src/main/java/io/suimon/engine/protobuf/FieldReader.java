package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.TextFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads fields: of messages, oneofs and extensions. For one thread. */
final class FieldReader {

    private static final Set<FieldDescriptorProto.Type> NAMED = Set.of(
            FieldDescriptorProto.Type.TYPE_MESSAGE,
            FieldDescriptorProto.Type.TYPE_ENUM,
            FieldDescriptorProto.Type.TYPE_GROUP);

    private static final Map<String, FieldDescriptorProto.Type> SCALARS = Stream.of(FieldDescriptorProto.Type.values())
            .filter(type -> !NAMED.contains(type))
            .collect(Collectors.toUnmodifiableMap(
                    type -> type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT), type -> type));

    private static final Set<FieldDescriptorProto.Type> NO_KEYS = Set.of(
            FieldDescriptorProto.Type.TYPE_DOUBLE,
            FieldDescriptorProto.Type.TYPE_FLOAT,
            FieldDescriptorProto.Type.TYPE_BYTES);

    private final ProtoLexer lexer;
    private final NamePlaces names;
    private final OptionReader options;
    private final boolean proto3;

    FieldReader(ProtoLexer lexer, NamePlaces names, OptionReader options, boolean proto3) {
        this.lexer = lexer;
        this.names = names;
        this.options = options;
        this.proto3 = proto3;
    }

    /**
     * Reads a field with its semicolon.
     *
     * @param types takes the type of the entries of a map
     */
    FieldDescriptorProto.Builder field(String scope, Consumer<DescriptorProto> types) throws ProtoSyntaxException {
        var label = label();
        var field = FieldDescriptorProto.newBuilder().setLabel(label == null ? Label.LABEL_OPTIONAL : label);
        var type = Names.ofType(lexer);
        var entry = label == null && type.equals("map") && lexer.takes('<') ? entry() : null;
        if (entry == null) {
            setType(field, type);
        }
        if (label == Label.LABEL_OPTIONAL && proto3) {
            field.setProto3Optional(true);
        }
        var name = lexer.expect(Token.Kind.WORD);
        names.put(Names.within(scope, name), name.offset());
        field.setName(name.text());
        lexer.expect('=');
        field.setNumber(Numbers.ofField(lexer));
        settle(field, options.list());
        lexer.expect(';');
        if (entry != null) {
            var own = camel(name.text()) + "Entry";
            types.accept(entry.setName(own).build());
            field.setTypeName(own).setLabel(Label.LABEL_REPEATED);
        }
        return field;
    }

    private @Nullable Label label() throws ProtoSyntaxException {
        if (lexer.takes("repeated")) {
            return Label.LABEL_REPEATED;
        }
        if (lexer.takes("required")) {
            return Label.LABEL_REQUIRED;
        }
        return lexer.takes("optional") ? Label.LABEL_OPTIONAL : null;
    }

    /** Reads what a map is of, behind its first bracket, and makes the type of its entries of it. */
    private DescriptorProto.Builder entry() throws ProtoSyntaxException {
        var start = lexer.peek();
        var key = FieldDescriptorProto.newBuilder().setName("key").setNumber(1).setLabel(Label.LABEL_OPTIONAL);
        setType(key, Names.ofType(lexer));
        if (!key.hasType() || NO_KEYS.contains(key.getType())) {
            throw new ProtoSyntaxException(
                    start.offset(), start.shown() + " (expected: an integer, bool or string as key)");
        }
        lexer.expect(',');
        var value =
                FieldDescriptorProto.newBuilder().setName("value").setNumber(2).setLabel(Label.LABEL_OPTIONAL);
        setType(value, Names.ofType(lexer));
        lexer.expect('>');
        var entry = DescriptorProto.newBuilder().addField(key).addField(value);
        entry.getOptionsBuilder().setMapEntry(true);
        return entry;
    }

    private static void setType(FieldDescriptorProto.Builder field, String name) {
        var scalar = SCALARS.get(name);
        if (scalar == null) {
            field.setTypeName(name);
        } else {
            field.setType(scalar);
        }
    }

    /** The options that change what is read and written; a default of text is kept as it is meant, one of bytes as written. */
    private static void settle(FieldDescriptorProto.Builder field, Map<String, String> options) {
        var standard = options.get("default");
        if (standard != null) {
            field.setDefaultValue(
                    field.getType() == FieldDescriptorProto.Type.TYPE_STRING ? meant(standard) : standard);
        }
        var jsonName = options.get("json_name");
        if (jsonName != null) {
            field.setJsonName(jsonName);
        }
        var packed = options.get("packed");
        if (packed != null) {
            field.getOptionsBuilder().setPacked(packed.equals("true"));
        }
    }

    private static String meant(String written) {
        try {
            return TextFormat.unescapeBytes(written).toStringUtf8();
        } catch (TextFormat.InvalidEscapeSequenceException e) {
            return written;
        }
    }

    private static String camel(String name) {
        var text = new StringBuilder();
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_') {
                text.append(upper ? Character.toUpperCase(c) : c);
            }
            upper = c == '_';
        }
        return text.toString();
    }
}
