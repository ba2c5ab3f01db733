package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks for a name that is longer than {@link Names#MAX_LENGTH}. For one file. */
final class NameLimit {

    private @Nullable String found;

    /** The first there is, without its package. */
    Optional<String> check(FileDescriptorProto file) {
        check("", List.of(file.getPackage()), name -> name);
        check("", file.getExtensionList(), FieldDescriptorProto::getName);
        file.getEnumTypeList().forEach(type -> check("", type));
        file.getMessageTypeList().forEach(message -> check("", message));
        file.getServiceList().forEach(service -> {
            check("", List.of(service.getName()), name -> name);
            check(service.getName(), service.getMethodList(), MethodDescriptorProto::getName);
        });
        return Optional.ofNullable(found);
    }

    /** No deeper than what was parsed: a hundred levels. */
    private void check(String scope, DescriptorProto message) {
        check(scope, List.of(message.getName()), name -> name);
        if (found != null) {
            return;
        }
        var inner = Names.within(scope, message.getName());
        check(inner, message.getFieldList(), FieldDescriptorProto::getName);
        check(inner, message.getExtensionList(), FieldDescriptorProto::getName);
        check(inner, message.getOneofDeclList(), OneofDescriptorProto::getName);
        message.getEnumTypeList().forEach(type -> check(inner, type));
        message.getNestedTypeList().forEach(nested -> check(inner, nested));
    }

    private void check(String scope, EnumDescriptorProto type) {
        check(scope, List.of(type.getName()), name -> name);
        check(Names.within(scope, type.getName()), type.getValueList(), EnumValueDescriptorProto::getName);
    }

    private <T> void check(String scope, List<T> things, Function<T, String> name) {
        for (var thing : things) {
            if (found == null && scope.length() + name.apply(thing).length() >= Names.MAX_LENGTH) {
                found = Names.within(scope, name.apply(thing));
            }
        }
    }
}
