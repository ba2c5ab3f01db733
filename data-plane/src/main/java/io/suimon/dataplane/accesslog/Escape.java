package io.suimon.dataplane.accesslog;

import io.suimon.engine.expression.Template;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How values are written so that none can pass for more than one field: clients choose many of them. */
public enum Escape implements Template.Quoting {
    /** As nginx does by default: quotes, backslashes and all but printable ASCII as {@code \xHH}. */
    PLAIN {
        @Override
        public void write(StringBuilder to, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                to.append('-');
                return;
            }
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                    HEX.toHexDigits(to.append("\\x"), (byte) c);
                } else {
                    to.append(c);
                }
            }
        }
    },
    /** Inside a JSON string. Bytes from 0x80 stay: they are UTF-8, or whatever the client sent. */
    JSON {
        @Override
        public void write(StringBuilder to, @Nullable String value) {
            if (value == null) {
                return;
            }
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '"' -> to.append("\\\"");
                    case '\\' -> to.append("\\\\");
                    case '\n' -> to.append("\\n");
                    case '\r' -> to.append("\\r");
                    case '\t' -> to.append("\\t");
                    default -> {
                        if (c < ' ' || c == 0x7F) {
                            HEX.toHexDigits(to.append("\\u00"), (byte) c);
                        } else {
                            to.append(c);
                        }
                    }
                }
            }
        }
    };

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
}
