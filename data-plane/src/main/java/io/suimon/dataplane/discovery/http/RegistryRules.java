package io.suimon.dataplane.discovery.http;

import io.suimon.process.InvalidSettingException;
import java.time.Duration;

/**
 * What settings of registries must be.
 *
 * @param prefix of the registry's settings, with the dot
 */
public record RegistryRules(String prefix) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MAX_WEIGHT = 1_000_000;

    /** That a setting is none. */
    public InvalidSettingException refused(String setting, Object value, String expected) {
        return new InvalidSettingException(prefix + setting, value, expected);
    }

    /**
     * What a setting must meet.
     *
     * @throws InvalidSettingException when it does not
     */
    public void require(boolean met, String setting, Object value, String expected) {
        if (!met) {
            throw refused(setting, value, expected);
        }
    }

    /** A time that is waited. */
    public void time(String setting, Duration value) {
        require(value.toMillis() > 0 && value.compareTo(LONGEST) <= 0, setting, value, "PT0.001S to " + LONGEST);
    }

    /** A weight. */
    public void weight(String setting, int value) {
        require(value >= 0 && value <= MAX_WEIGHT, setting, value, "0.." + MAX_WEIGHT);
    }

    /** A path between slashes. */
    public void path(String setting, String value) {
        require(
                value.matches("/([A-Za-z0-9._~-]+/)*([A-Za-z0-9._~-]+)?"),
                setting,
                value,
                "a path that begins with a slash");
    }

    /** A secret that travels in a header; it is not shown. */
    public void secret(String setting, String value) {
        require(value.matches("[!-~]+"), setting, "(not shown)", "visible ASCII characters");
    }
}
