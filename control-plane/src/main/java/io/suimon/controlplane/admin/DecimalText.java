package io.suimon.controlplane.admin;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in queries. */
final class DecimalText {

    /** Short enough that no arithmetic on it can be expensive. */
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?[0-9]{1,18}(\\.[0-9]{0,18})?)\\s*");

    private DecimalText() {}

    /** The number a text is; empty when it is none. */
    static Optional<BigDecimal> parse(String text) {
        var matcher = NUMBER.matcher(text);
        return matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1))) : Optional.empty();
    }
}
