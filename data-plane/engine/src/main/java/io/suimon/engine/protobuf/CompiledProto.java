package io.suimon.engine.protobuf;

import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;

/** What became of the content of a proto. */
public sealed interface CompiledProto {

    /**
     * It can be used.
     *
     * @param files what it defines, linked; services are found in them by name, and methods in services
     */
    record Linked(List<FileDescriptor> files) implements CompiledProto {
        public Linked {
            files = List.copyOf(files);
        }
    }

    /**
     * It cannot.
     *
     * @param reason what is wrong, after line and column where these are known
     */
    record Refused(String reason) implements CompiledProto {}
}
