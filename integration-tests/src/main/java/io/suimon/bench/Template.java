package io.suimon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Files of configuration on the class path, in which {@code {name}} stands for a value. */
final class Template {

    private Template() {}

    /** Writes one of them into a folder. */
    static Path write(String name, Path folder, Map<String, String> values) {
        try (var in = Objects.requireNonNull(Template.class.getResourceAsStream(name), name)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(folder.resolve(name), filled(text, values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String filled(String text, Map<String, String> values) {
        var filled = text;
        for (var value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
