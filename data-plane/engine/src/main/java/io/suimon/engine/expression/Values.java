package io.suimon.engine.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of variables as text and as numbers, by the rules of the configuration language. */
final class Values {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double EXACT_INTEGERS = 1e15;

    private Values() {}

    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number(number.doubleValue());
            case List<?> list -> json(list);
            case Map<?, ?> map -> json(map);
            default -> value.toString();
        };
    }

    /** Whole numbers without a fraction. */
    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** Wire text inside is chars of one byte each, so the JSON made of it is wire text, too. */
    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values are plain", e);
        }
    }

    /** All fields of the name as one text, or null when there is none. */
    static @Nullable String joined(Headers headers, HeaderName name, String separator) {
        int first = headers.indexOf(name, 0);
        boolean one = first >= 0 && headers.indexOf(name, first + 1) < 0;
        if (one && !headers.hasAdditions()) {
            return headers.value(first);
        }
        var values = headers.all(name);
        return values.isEmpty() ? null : String.join(separator, values);
    }

    /** The value as a number, NaN when it is none. */
    static double toNumber(@Nullable Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case String text -> toNumber(text);
            case null, default -> Double.NaN;
        };
    }

    /** Decimal with fraction and exponent, or hexadecimal; blanks around it do not matter. */
    private static double toNumber(String text) {
        var number = text.strip();
        int at = number.startsWith("-") || number.startsWith("+") ? 1 : 0;
        if (number.startsWith("0x", at) || number.startsWith("0X", at)) {
            return hexadecimal(number, at);
        }
        int digits = 0;
        boolean fraction = false;
        for (int i = at; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !fraction) {
                fraction = true;
            } else if ((c == 'e' || c == 'E') && digits > 0 && isExponent(number, i + 1)) {
                break;
            } else {
                return Double.NaN;
            }
        }
        return digits == 0 ? Double.NaN : Double.parseDouble(number);
    }

    private static boolean isExponent(String number, int from) {
        int i = from;
        if (i < number.length() && (number.charAt(i) == '-' || number.charAt(i) == '+')) {
            i++;
        }
        if (i == number.length()) {
            return false;
        }
        for (; i < number.length(); i++) {
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static double hexadecimal(String number, int sign) {
        double value = 0;
        int from = sign + 2;
        for (int i = from; i < number.length(); i++) {
            int digit = Character.digit(number.charAt(i), 16);
            if (digit < 0) {
                return Double.NaN;
            }
            value = value * 16 + digit;
        }
        return from == number.length() ? Double.NaN : number.charAt(0) == '-' ? -value : value;
    }
}
