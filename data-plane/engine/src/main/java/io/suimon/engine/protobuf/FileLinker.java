package io.suimon.engine.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Finds for every name the type it means, and makes descriptors. Pure functions. */
final class FileLinker {

    /** What makes a set of a program with all it imports has some dozens. */
    static final int MAX_FILES = 1_000;

    private static final int MAX_REASON = 256;

    private static final Pattern UNDEFINED = Pattern.compile("^\"(.*)\" is not defined\\.$");

    private FileLinker() {}

    /**
     * Links files, each after those it imports, as {@code protoc} writes them.
     *
     * @param place what to say before what is wrong with a symbol
     */
    static CompiledProto link(List<FileDescriptorProto> files, UnaryOperator<String> place) {
        if (files.size() > MAX_FILES) {
            return new CompiledProto.Refused("files: " + files.size() + " (expected: at most " + MAX_FILES + ")");
        }
        Map<String, FileDescriptor> linked = new LinkedHashMap<>();
        for (var file : files) {
            var tooLong = new NameLimit().check(file);
            if (tooLong.isPresent()) {
                return new CompiledProto.Refused(Names.tooLong(tooLong.get()));
            }
            var imports = new FileDescriptor[file.getDependencyCount()];
            for (int i = 0; i < imports.length; i++) {
                var path = file.getDependency(i);
                var imported = linked.containsKey(path) ? linked.get(path) : WellKnownFiles.find(path);
                if (imported == null) {
                    return new CompiledProto.Refused(
                            "file " + Names.shown(file.getName()) + " imports " + Names.shown(path)
                                    + ", which is not in the set before it (expected: a set made with --include_imports)");
                }
                imports[i] = imported;
            }
            try {
                linked.put(file.getName(), FileDescriptor.buildFrom(file, imports));
            } catch (DescriptorValidationException e) {
                return new CompiledProto.Refused(place.apply(e.getProblemSymbolName()) + reason(e));
            } catch (RuntimeException e) {
                // The library fails on some sets no compiler writes (a field of no type): it must not take all else
                // with it.
                return new CompiledProto.Refused(
                        "file " + Names.shown(file.getName()) + " cannot be linked (expected: what protoc writes)");
            }
        }
        return new CompiledProto.Linked(List.copyOf(linked.values()));
    }

    private static String reason(DescriptorValidationException e) {
        var undefined = UNDEFINED.matcher(e.getDescription());
        return undefined.matches()
                ? "unknown type " + Names.shown(undefined.group(1))
                : bounded(e.getProblemSymbolName() + ": " + e.getDescription());
    }

    /** What the library says may quote a whole value. */
    private static String bounded(String reason) {
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "..." : reason;
    }
}
