package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;

/** Reads the text of a {@code .proto} file of version 2 or 3, without its options: they change no message. For one thread. */
final class FileReader {

    private static final String NAME = "content.proto";
    private static final String PROTO3 = "proto3";

    private final ProtoLexer lexer;
    private final NamePlaces names;
    private final FileDescriptorProto.Builder file =
            FileDescriptorProto.newBuilder().setName(NAME);

    FileReader(ProtoLexer lexer, NamePlaces names) {
        this.lexer = lexer;
        this.names = names;
    }

    FileDescriptorProto read() throws ProtoSyntaxException {
        lexer.start();
        boolean proto3 = isProto3();
        var messages = new MessageReader(lexer, names, proto3);
        var services = new ServiceReader(lexer, names);
        while (lexer.peek().kind() != Token.Kind.END) {
            statement(messages, services);
        }
        return file.build();
    }

    private boolean isProto3() throws ProtoSyntaxException {
        if (!lexer.takes("syntax")) {
            return false;
        }
        lexer.expect('=');
        var version = lexer.expect(Token.Kind.STRING);
        if (!version.text().equals(PROTO3) && !version.text().equals("proto2")) {
            throw new ProtoSyntaxException(
                    version.offset(), "syntax: " + version.shown() + " (expected: 'proto2' or 'proto3')");
        }
        lexer.expect(';');
        file.setSyntax(version.text());
        return version.text().equals(PROTO3);
    }

    private void statement(MessageReader messages, ServiceReader services) throws ProtoSyntaxException {
        if (lexer.takes(';')) {
            return;
        }
        var keyword = lexer.expect(Token.Kind.WORD);
        switch (keyword.text()) {
            case "message" -> file.addMessageType(messages.message("", 1));
            case "enum" -> file.addEnumType(messages.enumeration(""));
            case "extend" -> messages.extensions("").forEach(file::addExtension);
            case "service" -> file.addService(services.service());
            case "option" -> messages.options().skip();
            case "import" -> importFile();
            case "package" -> {
                file.setPackage(Names.dotted(lexer));
                lexer.expect(';');
            }
            default -> throw new ProtoSyntaxException(keyword.offset(), "unknown keyword " + keyword.shown());
        }
    }

    private void importFile() throws ProtoSyntaxException {
        if (lexer.takes("public")) {
            file.addPublicDependency(file.getDependencyCount());
        } else {
            lexer.takes("weak");
        }
        var path = lexer.expect(Token.Kind.STRING);
        if (WellKnownFiles.find(path.text()) == null) {
            throw new ProtoSyntaxException(
                    path.offset(),
                    "import " + path.shown()
                            + " cannot be read (expected: a file of google/protobuf/, or all files as a"
                            + " descriptor set in base64)");
        }
        file.addDependency(path.text());
        lexer.expect(';');
    }
}
