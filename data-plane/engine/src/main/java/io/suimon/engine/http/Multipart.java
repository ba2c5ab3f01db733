package io.suimon.engine.http;

import io.suimon.engine.http.QueryArguments.Argument;
import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Form data in parts (RFC 7578): their names and contents. */
final class Multipart {

    /** Parts behind these are not looked at. */
    static final int MAX_PARTS = 1_000;

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(
            "^content-disposition:[ \\t]*form-data;[^\\r\\n]*?\\bname=\"([^\"\\r\\n]{0,1024})\"",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final int MAX_PART_HEAD = 4_096;

    private Multipart() {}

    static QueryArguments parse(byte[] body, String contentType) {
        var boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return QueryArguments.of(List.of());
        }
        var delimiter = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        var text = WireText.of(body, 0, body.length);
        var fields = new ArrayList<Argument>();
        int from = text.indexOf(delimiter);
        for (int part = 0; part < MAX_PARTS && from >= 0; part++) {
            int start = from + delimiter.length();
            int end = text.indexOf("\r\n" + delimiter, start);
            if (end < 0) {
                break;
            }
            addPart(fields, text, start, end);
            from = end + 2;
        }
        return QueryArguments.of(fields);
    }

    private static void addPart(List<Argument> fields, String text, int start, int end) {
        int head = text.indexOf("\r\n\r\n", start);
        if (head < 0 || head > end || head - start > MAX_PART_HEAD) {
            return;
        }
        var name = name(text.substring(start, head));
        if (name != null) {
            fields.add(new Argument(name, text.substring(Math.min(head + 4, end), end)));
        }
    }

    private static @Nullable String name(String head) {
        var matcher = NAME.matcher(head);
        return matcher.find() ? matcher.group(1) : null;
    }
}
