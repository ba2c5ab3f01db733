package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request is answered.
 *
 * @param body sent as {@code application/json} whatever it is, unless the headers say something else
 * @param headers beyond those every answer has
 */
record AdminAnswer(int status, byte[] body, Map<String, String> headers) {

    AdminAnswer {
        headers = Map.copyOf(headers);
    }

    static AdminAnswer json(int status, JsonNode body) {
        return raw(status, Json.bytes(body));
    }

    /** @param json a whole JSON text */
    static AdminAnswer raw(int status, byte[] json) {
        var line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line(status, line);
    }

    /** @param line a whole JSON text with the line feed behind it */
    static AdminAnswer line(int status, byte[] line) {
        return new AdminAnswer(status, line, Map.of());
    }

    static AdminAnswer error(int status, String message) {
        return json(status, Json.newObject().put("error_msg", message));
    }

    static AdminAnswer absent() {
        return json(404, Json.newObject().put("message", "Key not found"));
    }

    /** What a reader has is what there is. */
    static AdminAnswer notModified() {
        return new AdminAnswer(304, new byte[0], Map.of());
    }

    /** @param text of one line; empty means no body */
    static AdminAnswer text(int status, String text) {
        var line = text.isEmpty() ? text : text + "\n";
        return new AdminAnswer(status, line.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    String contentType() {
        return headers.getOrDefault("Content-Type", "application/json");
    }

    /** The same with another body. */
    AdminAnswer replaced(JsonNode json) {
        return new AdminAnswer(status, json(status, json).body(), headers);
    }

    AdminAnswer with(String header, String value) {
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new AdminAnswer(status, body, more);
    }
}
