package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class ResourceParserProperties {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<JsonNode> SEEDS = seeds();

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e308",
            "1e999",
            "70000",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "\"a:0\"",
            "\"$secret://vault/1/a\"",
            "\"$ENV://A\"",
            "\"a\\u0000\\n\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\":null}",
            "{\"a:99999\":1}",
            "[{\"host\":\"::1\",\"weight\":1}]",
            "\"---\"");

    private final ResourceParser parser = new ResourceParser();

    @Property(tries = 5_000)
    void whateverIsWrittenIsAcceptedOrRefused(
            @ForAll @IntRange(max = 1000) int seed,
            @ForAll long mutations,
            @ForAll @IntRange(min = 1, max = 4) int count) {
        var random = new Random(mutations);
        var document = SEEDS.get(seed % SEEDS.size());
        var value = document.get("value").deepCopy();
        for (int i = 0; i < count; i++) {
            mutate(value, random);
        }

        var parsed = parser.parse(
                ResourceKey.ofPath(document.get("key").textValue()).orElseThrow(),
                value.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(parsed).isInstanceOfAny(Parsed.Accepted.class, Parsed.Refused.class);
    }

    @Property(tries = 1_000)
    void whateverBytesComeAreAcceptedOrRefused(@ForAll byte[] bytes) {
        var parsed = parser.parse(new ResourceKey(ResourceKind.PROTO, "1"), bytes);

        assertThat(parsed).isInstanceOf(Parsed.Refused.class);
    }

    /** Replaces, removes or adds one part somewhere. */
    private static void mutate(JsonNode root, Random random) {
        var containers = new ArrayList<JsonNode>();
        collect(root, containers);
        if (containers.isEmpty()) {
            return;
        }
        var chosen = containers.get(random.nextInt(containers.size()));
        if (chosen instanceof ObjectNode object) {
            var names = new ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            names.add("added");
            var name = names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, anyValue(random));
            }
        } else if (chosen instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), anyValue(random));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static JsonNode anyValue(Random random) {
        return read(VALUES.get(random.nextInt(VALUES.size())));
    }

    private static List<JsonNode> seeds() {
        var seeds = new ArrayList<JsonNode>();
        for (var name : ResourceParserTest.GOLDEN_NAMES) {
            try (var stream = ResourceParserProperties.class.getResourceAsStream("golden/" + name + ".in.json")) {
                seeds.add(JSON.readTree(stream));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return seeds;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
