package io.suimon.dataplane.discovery.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads what API servers send, object by object: no list is in memory as a whole. Thread-safe. */
final class ApiReader {

    /** Bytes of one part of a list. */
    private static final long MAX_LIST = 512L << 20;

    /** Bytes of one event; an object of Kubernetes has less than two million. */
    private static final int MAX_EVENT = 4 << 20;

    private static final int MAX_DEPTH = 64;
    private static final int GONE = 410;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_LIST)
                    .build())
            .build());

    private final boolean slices;

    /** @param slices whether objects are slices of endpoints */
    ApiReader(boolean slices) {
        this.slices = slices;
    }

    /**
     * What part of a list says of itself.
     *
     * @param version of all of it
     * @param position where the next part begins; empty when this was the last one
     */
    record Part(String version, String position) {}

    /** @throws IOException when it is no list of objects; says nothing of what it is instead */
    Part list(InputStream body, Listed objects) throws IOException {
        try (var parser = JSON.createParser(body)) {
            var part = list(parser, objects);
            if (part.version().isEmpty()) {
                throw new IOException("a list without a resourceVersion");
            }
            return part;
        } catch (JsonProcessingException e) {
            throw new IOException("a list that is no JSON, or too much of it", e);
        }
    }

    private Part list(JsonParser parser, Listed objects) throws IOException {
        var part = new Part("", "");
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return part;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            if (name.equals("metadata")) {
                JsonNode metadata = parser.readValueAsTree();
                part = new Part(
                        metadata.path("resourceVersion").asText(),
                        metadata.path("continue").asText());
            } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    var object = object(parser.readValueAsTree());
                    if (object != null) {
                        objects.add(object);
                    }
                }
            } else {
                parser.skipChildren();
            }
        }
        return part;
    }

    private @Nullable EndpointObject object(JsonNode json) {
        return slices ? EndpointObject.ofSlice(json) : EndpointObject.ofEndpoints(json);
    }

    /**
     * The next event; null at the end.
     *
     * @throws IOException when it is none; says nothing of what it is instead
     */
    @Nullable
    WatchEvent event(InputStream body) throws IOException {
        byte[] line = line(body);
        if (line == null) {
            return null;
        }
        try {
            return event(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            throw new IOException("an event that is no JSON", e);
        }
    }

    private WatchEvent event(JsonNode event) {
        var object = event.path("object");
        var version = object.path("metadata").path("resourceVersion").asText();
        return switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> {
                var read = object(object);
                yield read == null ? new WatchEvent.Unknown() : new WatchEvent.Put(read, version);
            }
            case "DELETED" -> {
                var name = EndpointObject.name(object);
                yield name == null ? new WatchEvent.Unknown() : new WatchEvent.Removed(name, version);
            }
            case "BOOKMARK" -> new WatchEvent.Bookmark(version);
            case "ERROR" -> object.path("code").asInt() == GONE ? new WatchEvent.Expired() : new WatchEvent.Unknown();
            default -> new WatchEvent.Unknown();
        };
    }

    /** A line that has something in it; null at the end. */
    private static byte @Nullable [] line(InputStream body) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = body.read(); next >= 0; next = body.read()) {
            if (next != '\n') {
                line.write(next);
            } else if (line.size() > 0) {
                return line.toByteArray();
            }
            if (line.size() > MAX_EVENT) {
                throw new IOException("an event of more than " + MAX_EVENT + " bytes");
            }
        }
        return line.size() == 0 ? null : line.toByteArray();
    }
}
