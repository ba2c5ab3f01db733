package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Values as APISIX's messages show them, which is how Lua prints them. */
final class LuaText {

    private static final int DIGITS = 14;
    private static final double MAX_PLAIN = 1e14;
    private static final int MIN_EXPONENT = -5;

    private LuaText() {}

    /** What Lua calls the type of a JSON value. */
    static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, ARRAY, POJO -> "table";
            case STRING, BINARY -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL -> "userdata";
            case MISSING -> "nil";
        };
    }

    /** A number with 14 significant digits, as {@code %.14g} does. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        if (Math.rint(value) == value && Math.abs(value) < MAX_PLAIN) {
            return Long.toString((long) value);
        }
        var rounded = new BigDecimal(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= MIN_EXPONENT + 1 && exponent < DIGITS) {
            return rounded.toPlainString();
        }
        var mantissa = rounded.scaleByPowerOfTen(-exponent).toPlainString();
        int size = Math.abs(exponent);
        return mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    /** A string in quotes, as {@code %q} writes it. */
    static String quoted(String text) {
        var out = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '\n') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                appendCode(out, c, i + 1 < text.length() && Character.digit(text.charAt(i + 1), 10) >= 0);
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static void appendCode(StringBuilder out, char control, boolean beforeDigit) {
        var code = Integer.toString(control);
        out.append('\\')
                .append(beforeDigit ? "0".repeat(3 - code.length()) : "")
                .append(code);
    }
}
