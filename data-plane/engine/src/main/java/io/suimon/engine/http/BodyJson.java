package io.suimon.engine.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.suimon.engine.text.WireText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a JSON body into plain values. One per body. Depth is bounded by Jackson's constraints (1,000). */
final class BodyJson {

    /** A body with more values than this counts as malformed: it is small on the wire and large in memory. */
    static final int MAX_VALUES = 200_000;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private int values;

    private BodyJson(JsonParser parser) {
        this.parser = parser;
    }

    /** The value, or null when there is none, it is null, or the text is no JSON. */
    static @Nullable Object parse(byte[] body) {
        try (var parser = FACTORY.createParser(body)) {
            var json = new BodyJson(parser);
            var value = json.value(parser.nextToken());
            return parser.nextToken() == null && json.values <= MAX_VALUES ? value : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("reading bytes in memory", e);
        }
    }

    private @Nullable Object value(@Nullable JsonToken token) throws IOException {
        if (token == null || ++values > MAX_VALUES) {
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> WireText.of(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL, VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE -> null;
        };
    }

    private Map<String, Object> object() throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        for (var name = parser.nextFieldName(); name != null && values <= MAX_VALUES; name = parser.nextFieldName()) {
            var value = value(parser.nextToken());
            if (value != null) {
                fields.put(WireText.of(name), value);
            }
        }
        return Collections.unmodifiableMap(fields);
    }

    private List<Object> array() throws IOException {
        var elements = new ArrayList<Object>();
        for (var token = parser.nextToken();
                token != JsonToken.END_ARRAY && values <= MAX_VALUES;
                token = parser.nextToken()) {
            var value = value(token);
            if (value != null) {
                elements.add(value);
            }
        }
        return Collections.unmodifiableList(elements);
    }
}
