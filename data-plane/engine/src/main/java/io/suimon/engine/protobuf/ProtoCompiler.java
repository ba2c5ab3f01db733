package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Makes descriptors of the content of a proto: the text of a {@code .proto} file, or a descriptor set in base64.
 *
 * <p>Pure functions, used by any thread. Whatever the content is, the time grows with its length, and nothing else is read: an import
 * is of what comes with protobuf, or of another file of the same set.
 */
public final class ProtoCompiler {

    private ProtoCompiler() {}

    /** Compiles; any text whatever gives a result. */
    public static CompiledProto compile(String content) {
        return descriptorSet(content)
                .map(set -> FileLinker.link(set.getFileList(), symbol -> ""))
                .orElseGet(() -> text(content));
    }

    /** A text is never one: its blanks and braces are no base64. */
    private static Optional<FileDescriptorSet> descriptorSet(String content) {
        try {
            var set = FileDescriptorSet.parseFrom(Base64.getDecoder().decode(content.strip()));
            return set.getFileCount() == 0 ? Optional.empty() : Optional.of(set);
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static CompiledProto text(String content) {
        var lexer = new ProtoLexer(content);
        var names = new NamePlaces();
        try {
            var file = new FileReader(lexer, names).read();
            return FileLinker.link(List.of(file), symbol -> place(symbol, file, names, lexer));
        } catch (ProtoSyntaxException e) {
            return new CompiledProto.Refused(lexer.place(e.offset()) + ": " + e.reason());
        }
    }

    private static String place(String symbol, FileDescriptorProto file, NamePlaces names, ProtoLexer lexer) {
        var prefix = file.getPackage() + ".";
        var offset = names.offset(symbol.startsWith(prefix) ? symbol.substring(prefix.length()) : symbol);
        return offset == null ? "" : lexer.place(offset) + ": ";
    }
}
