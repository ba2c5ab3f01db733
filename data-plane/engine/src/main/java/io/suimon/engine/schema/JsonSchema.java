package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What JSON people may write somewhere. Immutable, used by any thread.
 *
 * <p>Understands the part of JSON Schema (drafts 4 to 7) that APISIX's schemas are written in, and judges as APISIX's validator does:
 * defaults count before anything else is looked at; {@code 1.0} is an integer; {@code []} passes for {@code {}} and the reverse;
 * strings that refer to a secret ({@code $secret://}, {@code $ENV://}) are not looked into. Keywords it does not know are refused in
 * {@link #load} and ignored in {@link #of}.
 */
public final class JsonSchema {

    private final JsonNode json;
    private final SchemaNode root;

    private JsonSchema(JsonNode json, SchemaNode root) {
        this.json = json;
        this.root = root;
    }

    /**
     * One finding.
     *
     * @param pointer where in the JSON, as a JSON pointer (RFC 6901)
     * @param message the whole text, as APISIX says it: {@code property "uri" validation failed: wrong type: expected string, got
     *     number}
     */
    public record Finding(String pointer, String message) {}

    /**
     * What came of looking at a value.
     *
     * @param findings as {@link JsonSchema#validate} gives them
     * @param completed the value with defaults; of no use when there are findings
     */
    public record Checked(List<Finding> findings, JsonNode completed) {}

    /**
     * The schema with this JSON.
     *
     * @throws IllegalArgumentException when it is not a schema
     */
    public static JsonSchema of(JsonNode schema) {
        var copy = schema.deepCopy();
        return new JsonSchema(copy, new SchemaCompiler(false).compile(copy));
    }

    /**
     * The schema in a class-path resource beside a class. The file must exist. {@code {"$ref": "host_def.json"}} in it stands for the
     * file of that name in the same folder.
     *
     * @throws IllegalArgumentException when it does not, or is not a schema, or has a keyword that is not known here
     */
    public static JsonSchema load(Class<?> beside, String file) {
        var json = new SchemaFiles(beside).read(file);
        return new JsonSchema(json, new SchemaCompiler(true).compile(json));
    }

    /** The schema as people are shown it; not to be changed. */
    public JsonNode json() {
        return json;
    }

    /**
     * Everything wrong with a value, up to {@value Findings#LIMIT} findings; empty when it is valid. The first one is the one APISIX
     * would name; where APISIX names any of several, it is always the same one here.
     */
    public List<Finding> validate(JsonNode value) {
        return check(value).findings();
    }

    private Checked check(JsonNode value) {
        return complete(value.deepCopy());
    }

    /** Both at once: what is wrong with a value, and the value with defaults, which is the very value given. */
    public Checked complete(JsonNode value) {
        var completed = root.fit(value);
        var findings = Findings.collecting();
        root.check(completed, Place.ROOT, findings);
        return new Checked(findings.list(), completed);
    }

    /** A copy of a valid object with the schema's defaults where it says nothing, in every object that is present. */
    public ObjectNode withDefaults(ObjectNode value) {
        return (ObjectNode) check(value).completed();
    }
}
