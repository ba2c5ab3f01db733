package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DurationProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TypeProto;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Content that somebody made to cost much, and content that is nearly right: each gives a result, and soon. */
class HostileProtosTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Timeout(60)
    void hostileContentCostsLittle(String what, String content, String outcome) {
        assertThat(content.length()).isLessThanOrEqualTo(1 << 20);

        var compiled = ProtoCompiler.compile(content);

        assertThat(compiled instanceof CompiledProto.Refused(var reason) ? reason : "linked")
                .contains(outcome)
                .hasSizeLessThan(300);
    }

    static Stream<Arguments> hostileContentCostsLittle() {
        return Stream.of(
                arguments("nested messages", "message A{".repeat(100_000), "at most 32 levels"),
                arguments("nested braces of an option", "option a = " + "{a:".repeat(300_000), "(expected: '}')"),
                arguments("nested lists of an option", "option a = " + "[".repeat(1_000_000), "(expected: a value)"),
                arguments("a megabyte of letters", "x".repeat(1 << 20), "unknown keyword 'xxx"),
                arguments("a megabyte of braces", "{".repeat(1 << 20), "'{' (expected: a word)"),
                arguments("a megabyte of base64", "A".repeat(1 << 20), "unknown keyword 'AAA"),
                arguments("a comment without end", "/*" + "x".repeat(1_000_000), "a comment without end"),
                arguments("a string without end", "option a = '" + "\\'".repeat(500_000), "a string without end"),
                arguments("line comments", "//x\n".repeat(250_000), "linked"),
                arguments(
                        "a recursive message",
                        "message A { optional B b = 1; } message B { optional A a = 1; optional B b = 2; }",
                        "linked"),
                arguments("the same name again and again", "message A { } ".repeat(70_000), "is already defined"),
                arguments(
                        "messages",
                        many(28_000, i -> "message M" + i + "{optional M" + (i + 1) % 28_000 + " a=1;}"),
                        "linked"),
                arguments(
                        "fields",
                        "message M {" + many(18_999, i -> "optional int32 f" + i + "=" + (i + 1) + ";") + "}",
                        "linked"),
                arguments(
                        "choices of one",
                        "syntax=\"proto3\";message M {"
                                + many(18_999, i -> "optional int32 f" + i + "=" + (i + 1) + ";") + "}",
                        "linked"),
                arguments("values of an enum", "enum E {" + many(60_000, i -> "f" + i + "=" + i + ";") + "}", "linked"),
                arguments(
                        "methods",
                        "message M {} service S{" + many(30_000, i -> "rpc a" + i + "(M) returns (M);") + "}",
                        "linked"),
                arguments("imports", "import public \"google/protobuf/any.proto\";".repeat(24_000), "linked"),
                arguments("ranges", "message M { " + "extensions 100 to 199;".repeat(45_000) + "}", "linked"),
                arguments(
                        "a long name",
                        "message " + "M".repeat(500_000) + "{}",
                        "of 500000 characters (expected: at most 256)"),
                arguments(
                        "a long package",
                        "package " + "a.".repeat(500_000) + "b;",
                        "of 1000001 characters (expected: at most 256)"),
                arguments(
                        "a long name by nesting",
                        many(31, i -> "message abcdefghijk" + (i + 10) + "{") + "}".repeat(31),
                        "characters (expected: at most 256)"),
                arguments(
                        "names that are looked for everywhere",
                        "message b{} package " + "a.".repeat(127) + "b; message M {"
                                + many(18_999, i -> "optional b f" + i + "=" + (i + 1) + ";") + "}",
                        "linked"),
                arguments(
                        "a long default",
                        "message M { optional int32 a = 1 [default = " + "x".repeat(1_000_000) + "]; }",
                        "Could not parse default value"),
                arguments("files", Base64.getEncoder().encodeToString(files(780_000)), "(expected: at most 1000)"),
                arguments("a chain of public imports", chain(1_000), "linked"));
    }

    /** Bytes of a set that has a file without content for every two of them. */
    private static byte[] files(int bytes) {
        var set = new byte[bytes];
        for (int i = 0; i < bytes; i += 2) {
            set[i] = 10;
        }
        return set;
    }

    private static String chain(int length) {
        return ProtoCompilerTest.base64(IntStream.range(0, length)
                .mapToObj(i -> {
                    var file = FileDescriptorProto.newBuilder().setName("f" + i);
                    return i == 0
                            ? file.build()
                            : file.addDependency("f" + (i - 1))
                                    .addPublicDependency(0)
                                    .build();
                })
                .toArray(FileDescriptorProto[]::new));
    }

    private static String many(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    @Property(tries = 2_000)
    void anyTextGivesAResult(@ForAll long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(ProtoCompilerTest.WHOLE);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(text.length());
            text.replace(
                    at,
                    Math.min(text.length(), at + random.nextInt(20)),
                    SNIPPETS.get(random.nextInt(SNIPPETS.size())));
        }

        assertThat(ProtoCompiler.compile(text.toString())).isNotNull();
    }

    private static final List<String> SNIPPETS = List.of(
            "",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "<",
            ">",
            "=",
            ";",
            ",",
            ".",
            "-",
            "\"",
            "'",
            "/*",
            "//",
            "\\",
            "map<",
            "oneof ",
            "0x",
            "1e+",
            "99999999999",
            "message ",
            "extend ",
            "\u0000",
            "\ud800",
            "\u00e9");

    @Property(tries = 2_000)
    void anySetGivesAResult(@ForAll long seed) {
        var random = new Random(seed);
        var bytes = SETS.get(random.nextInt(SETS.size())).clone();
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 20);
        }

        assertThat(ProtoCompiler.compile(Base64.getEncoder().encodeToString(bytes)))
                .isNotNull();
    }

    private static final List<byte[]> SETS = Stream.of(
                    DescriptorProtos.getDescriptor(),
                    DurationProto.getDescriptor(),
                    TypeProto.getDescriptor(),
                    StructProto.getDescriptor())
            .map(file -> FileDescriptorSet.newBuilder()
                    .addFile(file.toProto())
                    .build()
                    .toByteArray())
            .toList();
}
