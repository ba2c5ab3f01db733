package io.suimon.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Kubernetes objects read from YAML. */
final class Manifests {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final List<JsonNode> objects = new ArrayList<>();

    /** Adds every document of a file of {@code deploy/kubernetes}. */
    Manifests file(String name) {
        try {
            return text(
                    Files.readString(Checkout.ROOT.resolve("deploy/kubernetes").resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds every document of a text. */
    Manifests text(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            documents.forEachRemaining(objects::add);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> objects() {
        return List.copyOf(objects);
    }

    JsonNode object(String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** The only container of a workload. */
    JsonNode container(String kind, String name) {
        return object(kind, name).at("/spec/template/spec/containers/0");
    }

    /** What a Secret holds under a key. */
    byte[] secret(String name, String key) {
        var secret = object("Secret", name);
        return secret.at("/stringData").has(key)
                ? secret.at("/stringData").get(key).asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(secret.at("/data").get(key).asText());
    }

    /** Writes what a volume of Secrets shows in a container. */
    void writeSecret(String name, Path folder, String... keys) {
        try {
            Files.createDirectories(folder);
            for (var key : keys) {
                Files.write(folder.resolve(key), secret(name, key));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
