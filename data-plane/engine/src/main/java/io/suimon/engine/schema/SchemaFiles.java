package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads schema files from the class path. In them {@code {"$ref": "host_def.json", ...}} stands for the members of the file of that
 * name in the same folder; members written beside it win.
 */
final class SchemaFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REFERENCE = "$ref";
    private static final int MAX_DEPTH = 8;

    private final Class<?> beside;

    SchemaFiles(Class<?> beside) {
        this.beside = beside;
    }

    /** The schema in a file, with nothing left that refers to another. */
    JsonNode read(String file) {
        return read(file, 0);
    }

    private JsonNode read(String file, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(file + ": refers to itself, or through too many files");
        }
        try (var stream = beside.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException(beside.getPackageName() + "/" + file + ": no such resource");
            }
            return resolve(JSON.readTree(stream), file.substring(0, file.lastIndexOf('/') + 1), depth);
        } catch (IOException e) {
            throw new UncheckedIOException(beside.getPackageName() + "/" + file, e);
        }
    }

    private JsonNode resolve(JsonNode schema, String folder, int depth) {
        if (schema instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, resolve(array.get(i), folder, depth));
            }
        } else if (schema instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(resolve(member.getValue(), folder, depth)));
            return object.has(REFERENCE) ? inline(object, folder, depth) : object;
        }
        return schema;
    }

    private ObjectNode inline(ObjectNode reference, String folder, int depth) {
        var inlined = (ObjectNode) read(folder + reference.remove(REFERENCE).asText(), depth + 1);
        inlined.setAll(reference);
        return inlined;
    }
}
