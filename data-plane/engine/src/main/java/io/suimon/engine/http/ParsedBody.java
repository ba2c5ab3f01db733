package io.suimon.engine.http;

import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's body: JSON, a form, or multipart form data. Immutable.
 *
 * <p>A value is wire text, {@link Boolean}, {@link Number}, a {@link List} or a {@link Map} of these. JSON nulls are left out: they
 * count as absent. Bodies over {@link #MAX_BYTES}, of another type, malformed, or with more than 200,000 JSON values have no fields;
 * of a form the first {@link #MAX_FIELDS} count.
 */
public final class ParsedBody {

    /** The longest body whose fields are looked at. */
    public static final int MAX_BYTES = 64 << 20;

    /** Fields of a form behind these are not looked at. */
    public static final int MAX_FIELDS = 10_000;

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";
    private static final String JSON = "application/json";
    private static final ParsedBody NONE = new ParsedBody(Map.of(), false);

    private final Object root;
    private final boolean form;

    private ParsedBody(Object root, boolean form) {
        this.root = root;
        this.form = form;
    }

    static ParsedBody of(byte @Nullable [] body, @Nullable String contentType) {
        if (body == null || contentType == null || body.length > MAX_BYTES) {
            return NONE;
        }
        var type = WireText.lowerCase(contentType);
        if (type.startsWith(FORM)) {
            return form(QueryArguments.parse(WireText.of(body, 0, body.length), MAX_FIELDS));
        }
        if (type.startsWith(MULTIPART)) {
            return form(Multipart.parse(body, contentType));
        }
        var json = type.startsWith(JSON) ? BodyJson.parse(body) : null;
        return json == null ? NONE : new ParsedBody(json, false);
    }

    /** A field that comes again makes a list. */
    private static ParsedBody form(QueryArguments arguments) {
        var byName = new LinkedHashMap<String, List<Object>>();
        for (var argument : arguments.all()) {
            byName.computeIfAbsent(argument.name(), name -> new ArrayList<>(1))
                    .add(argument.value() == null ? true : argument.value());
        }
        var fields = new LinkedHashMap<String, Object>();
        byName.forEach((name, values) -> fields.put(name, values.size() == 1 ? values.getFirst() : values));
        return new ParsedBody(Collections.unmodifiableMap(fields), true);
    }

    /** What is at the top: the fields by name, or a JSON value of another kind. */
    public Object root() {
        return root;
    }

    /** Whether it is flat: a form, where a dot in a name is part of it. */
    public boolean isForm() {
        return form;
    }
}
