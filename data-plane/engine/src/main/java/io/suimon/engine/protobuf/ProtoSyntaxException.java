package io.suimon.engine.protobuf;

/** That a text is no {@code .proto} file; does not leave the package. */
final class ProtoSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    private final int offset;
    private final String reason;

    ProtoSyntaxException(int offset, String reason) {
        super(reason, null, false, false);
        this.offset = offset;
        this.reason = reason;
    }

    int offset() {
        return offset;
    }

    String reason() {
        return reason;
    }
}
