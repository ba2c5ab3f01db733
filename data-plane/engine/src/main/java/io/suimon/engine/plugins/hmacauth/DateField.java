package io.suimon.engine.plugins.hmacauth;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/** The value of a Date field in the one form that is generated (RFC 9110, 5.6.7). */
final class DateField {

    /** No moment. */
    static final long NONE = Long.MIN_VALUE;

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final String FORM = "www, dd mmm dddd dd:dd:dd GMT";

    private DateField() {}

    /** Seconds of the epoch, or {@link #NONE} where the text is of another form or no moment. */
    static long parse(String text) {
        int month = text.length() == FORM.length() ? MONTHS.indexOf(text.substring(8, 11)) + 1 : 0;
        if (month == 0 || !hasForm(text) || !DAYS.contains(text.substring(0, 3))) {
            return NONE;
        }
        int day = number(text, 5, 7);
        int hour = number(text, 17, 19);
        int minute = number(text, 20, 22);
        int second = number(text, 23, 25);
        int year = number(text, 12, 16);
        if (day == 0 || day > lengthOf(month, year) || hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
    }

    private static int lengthOf(int month, int year) {
        return YearMonth.of(year, month).lengthOfMonth();
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            boolean fits = form == 'd' ? c >= '0' && c <= '9' : form == 'w' || form == 'm' || c == form;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
