package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads and writes documents as YAML. Nothing a tag names is ever made; the text and what its aliases unfold to are bounded. */
public final class YamlText {

    /** How large the tree may be, counting a node as one and the characters of its text: as large as a body may be. */
    static final int MAX_SIZE = 1_572_864;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_ALIASES = 100_000;

    private YamlText() {}

    /** The tree of a text in UTF-8; empty when it is no YAML, or more than is borne. */
    public static Optional<JsonNode> parse(byte[] utf8) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_SIZE);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            var root = new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
                    .getSingleNode();
            if (root == null) {
                return Optional.empty();
            }
            var tree = new YamlTree(MAX_SIZE, MAX_DEPTH).read(root);
            // Numbers get the same form as those of JSON, so that equal ones are equal.
            return tree.isEmpty() ? Optional.empty() : Optional.of(Json.parse(Json.bytes(tree.get())));
        } catch (CharacterCodingException | YAMLException | InvalidJsonException e) {
            return Optional.empty();
        }
    }

    /** The text of a tree in UTF-8. */
    public static byte[] bytes(JsonNode tree) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        options.setSplitLines(false);
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
        return yaml.dump(plain(tree)).getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                node.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
                yield map;
            }
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>(node.size());
                node.forEach(item -> list.add(plain(item)));
                yield list;
            }
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            case STRING, BINARY, POJO -> node.asText();
        };
    }
}
