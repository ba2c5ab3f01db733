package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProtoCompilerTest {

    static final String WHOLE = """
            // A comment, and a mark of byte order before it would do no harm.
            syntax = "proto3";
            package shop.v1; /* another
            comment */
            import "google/protobuf/timestamp.proto";
            import public 'google/protobuf/any.proto';
            option java_package = "shop" ".v1";
            option (of.others).deep = { a: [1, 2] b { c: "}" } };

            message Order {
              reserved 100 to max, 7;
              reserved "old";
              string id = 1 [json_name = "orderId", deprecated = true];
              map<string, Item> items = 2;
              repeated int32 counts = 3 [packed = false];
              optional int64 total = 0x4;
              oneof payment {
                option (some.option) = true;
                bytes card = 5;
                .shop.v1.Order.Item voucher = 6;
              }
              message Item { Kind kind = 1; google.protobuf.Timestamp at = 2; }
              enum Kind { option allow_alias = true; NONE = 0; LESS = -1 [(x) = 1.5e-3]; NOTHING = 0; };
            }
            service Orders {
              option (some.service) = "s";
              rpc Get (Order) returns (Order);
              rpc Watch (stream Order.Item) returns (stream .shop.v1.Order) { option deprecated = true; }
            }
            """;

    @Test
    void servicesAreFoundByNameAndTheirMethodsKnowTheirMessages() {
        var service = file(WHOLE).findServiceByName("Orders");

        assertThat(service.getFullName()).isEqualTo("shop.v1.Orders");
        assertThat(service.findMethodByName("Get").getOutputType().getFullName())
                .isEqualTo("shop.v1.Order");
        assertThat(service.findMethodByName("Watch").getInputType().getFullName())
                .isEqualTo("shop.v1.Order.Item");
        assertThat(service.findMethodByName("Get").isClientStreaming()).isFalse();
        assertThat(service.findMethodByName("Watch").isClientStreaming()).isTrue();
        assertThat(service.findMethodByName("Watch").isServerStreaming()).isTrue();
    }

    @Test
    void fieldsAreWhatTheTextSays() {
        var order = file(WHOLE).findMessageTypeByName("Order");

        assertThat(order.findFieldByName("id").getJsonName()).isEqualTo("orderId");
        assertThat(order.findFieldByName("items").isMapField()).isTrue();
        assertThat(order.findFieldByName("counts").isPacked()).isFalse();
        assertThat(order.findFieldByName("total").hasPresence()).isTrue();
        assertThat(order.findFieldByName("total").getNumber()).isEqualTo(4);
        assertThat(order.findFieldByName("voucher").getContainingOneof().getName())
                .isEqualTo("payment");
        assertThat(order.getRealOneofs()).hasSize(1);
        assertThat(order.findEnumTypeByName("Kind").findValueByName("LESS").getNumber())
                .isEqualTo(-1);
    }

    @Test
    void versionTwoHasDefaultsAndExtensions() {
        var file = file("""
                message M {
                  required string s = 1 [default = "a\\n\\x41"];
                  optional float f = 2 [default = -inf];
                  optional E e = 3 [default = B];
                  optional bytes b = 4 [default = "\\000\\xff"];
                  extensions 100 to 199, 1000 to max;
                  extend M { repeated int32 inner = 1000; }
                }
                enum E { A = 0; B = 1; }
                extend M { optional int32 outer = 0144; }
                """);

        var message = file.findMessageTypeByName("M");
        assertThat(message.findFieldByName("s").getDefaultValue()).isEqualTo("a\nA");
        assertThat(message.findFieldByName("f").getDefaultValue()).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(message.findFieldByName("e").getDefaultValue()).hasToString("B");
        assertThat(message.findFieldByName("s").isRequired()).isTrue();
        assertThat(file.findExtensionByName("outer").getNumber()).isEqualTo(100);
        assertThat(message.getExtensions())
                .extracting(FieldDescriptor::getFullName)
                .containsExactly("M.inner");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            garbage                                        | 1:1: unknown keyword 'garbage'
            edition = "2023";                              | 1:1: unknown keyword 'edition'
            {                                              | 1:1: '{' (expected: a word)
            \u00e9                                         | 1:1: '\u00e9' (expected: a word)
            syntax = "proto4";                             | 1:10: syntax: 'proto4' (expected: 'proto2' or 'proto3')
            message M { nope n = 1; }                      | 1:18: unknown type 'nope'
            message M { .p.nope n = 1; }                   | 1:21: unknown type '.p.nope'
            service S { rpc G (A) returns (B); }           | 1:17: unknown type 'A'
            message A {} service S { rpc G (A) returns (); } | 1:45: ')' (expected: a word)
            message A {} service S { method G (A); }       | 1:26: 'method' (expected: 'rpc', 'option' or '}')
            message A {} service S { rpc G (A) return (A); } | 1:36: 'return' (expected: 'returns')
            message M {} message M {}                      | 1:22: M: "M" is already defined.
            package p; message M { int32 a = 1; int32 a = 2; } | 1:43: p.M.a: "a" is already defined in "p.M".
            message M { int32 a = 1; int32 b = 1; }        | 1:32: M.b: Field number 1 has already been used in "M" by field "a".
            message M { int32 a = 0; }                     | 1:23: field number 0 (expected: 1..536870911 without 19000..19999)
            message M { int32 a = 19000; }                 | 1:23: field number 19000 (expected: 1..536870911 without 19000..19999)
            message M { int32 a = 99999999999; }           | 1:23: '99999999999' (expected: an integer of 32 bits)
            message M { int32 a; }                         | 1:20: ';' (expected: '=')
            message M { int32 a = x; }                     | 1:23: 'x' (expected: a number)
            message M { int32 a = 1 [packed]; }            | 1:32: ']' (expected: '=')
            message M { int32 a = 1 [default = ]; }        | 1:36: ']' (expected: a value)
            message M { map<M, int32> a = 1; }             | 1:17: 'M' (expected: an integer, bool or string as key)
            message M { map<bytes, int32> a = 1; }         | 1:17: 'bytes' (expected: an integer, bool or string as key)
            message M { oneof o { repeated int32 a = 1; } } | 1:23: 'repeated' (expected: a type within a oneof)
            message M { optional int32 a = 1 [default = b]; } | 1:28: M.a: Could not parse default value: "b"
            message M {                                    | 1:12: the end (expected: a word)
            option a = {                                   | 1:13: the end (expected: '}')
            message M { reserved 1                         | 1:23: the end (expected: ';')
            option a = "b                                  | 1:12: a string without end
            /* a                                           | 1:1: a comment without end
            enum E { }                                     | 1:6: E: Enums must contain at least one value.
            enum E { A = 0; A = 1; }                       | 1:17: E.A: "A" is already defined in "E".
            import "/etc/passwd";                          | 1:8: import '/etc/passwd' cannot be read (expected: a file of google/protobuf/, or all files as a descriptor set in base64)
            import "google/protobuf/../a.proto";           | 1:8: import 'google/protobuf/../a.proto' cannot be read (expected: a file of google/protobuf/, or all files as a descriptor set in base64)
            """)
    void whatIsWrongIsNamedWithItsPlace(String content, String reason) {
        assertThat(ProtoCompiler.compile(content)).isEqualTo(new CompiledProto.Refused(reason));
    }

    @Test
    void placesAreOfLinesAndColumns() {
        assertThat(ProtoCompiler.compile("syntax = \"proto3\";\nmessage M {\n  nope n = 1;\n}\n"))
                .isEqualTo(new CompiledProto.Refused("3:8: unknown type 'nope'"));
    }

    @Test
    void descriptorSetsMayHaveSeveralFilesEachAfterThoseItImports() {
        var base = FileDescriptorProto.newBuilder()
                .setName("base.proto")
                .addMessageType(DescriptorProto.newBuilder().setName("Base"));
        var user = FileDescriptorProto.newBuilder()
                .setName("user.proto")
                .addDependency("base.proto")
                .addDependency("google/protobuf/duration.proto");
        user.addServiceBuilder()
                .setName("S")
                .addMethodBuilder()
                .setName("M")
                .setInputType("Base")
                .setOutputType("google.protobuf.Duration");

        var linked = ProtoCompiler.compile(base64(base.build(), user.build()));
        var reversed = ProtoCompiler.compile(base64(user.build(), base.build()));

        assertThat(linked).isInstanceOf(CompiledProto.Linked.class);
        assertThat(((CompiledProto.Linked) linked).files().getLast().findServiceByName("S"))
                .isNotNull();
        assertThat(reversed)
                .isEqualTo(new CompiledProto.Refused(
                        "file 'user.proto' imports 'base.proto', which is not in the set before"
                                + " it (expected: a set made with --include_imports)"));
    }

    @Test
    void whatIsWrongInADescriptorSetIsNamed() {
        var broken = FileDescriptorProto.newBuilder().setName("a.proto");
        broken.addMessageTypeBuilder()
                .setName("M")
                .addFieldBuilder()
                .setName("f")
                .setNumber(1)
                .setTypeName("Gone");

        assertThat(ProtoCompiler.compile(base64(broken.build())))
                .isEqualTo(new CompiledProto.Refused("unknown type 'Gone'"));
    }

    @Test
    void aFieldOfNoTypeIsRefusedThoughTheLibraryFailsOnIt() {
        var broken = FileDescriptorProto.newBuilder().setName("a.proto");
        broken.addMessageTypeBuilder()
                .setName("M")
                .addFieldBuilder()
                .setName("f")
                .setNumber(1);

        assertThat(ProtoCompiler.compile(base64(broken.build())))
                .isEqualTo(new CompiledProto.Refused("file 'a.proto' cannot be linked (expected: what protoc writes)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A/////", "Z2FyYmFnZQ==", "AAAA", "not base64!", "Cg==", "\u0000"})
    void whatIsNeitherTextNorASetIsRefused(String content) {
        assertThat(ProtoCompiler.compile(content)).isInstanceOf(CompiledProto.Refused.class);
    }

    private static FileDescriptor file(String content) {
        return ProtoCompiler.compile(content) instanceof CompiledProto.Linked(var files)
                ? files.getLast()
                : fail(content);
    }

    private static FileDescriptor fail(String content) {
        throw new AssertionError(ProtoCompiler.compile(content));
    }

    static String base64(FileDescriptorProto... files) {
        var set = FileDescriptorSet.newBuilder().addAllFile(List.of(files)).build();
        return Base64.getEncoder().encodeToString(set.toByteArray());
    }
}
