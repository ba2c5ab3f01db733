package io.suimon.process;

import java.util.Locale;
import java.util.regex.Pattern;

/** How the name of a setting may be written: as a property, and as an environment variable. */
record SettingName(Pattern property, Pattern variable) {

    /** @param name in it, an asterisk stands for a part that is chosen, and one in brackets for a place in a list */
    static SettingName of(String name) {
        return new SettingName(property(name), variable(name));
    }

    boolean isProperty(String text) {
        return property.matcher(text).matches();
    }

    /** In any case of letters: SmallRye reads it so, too. */
    boolean isVariable(String text) {
        return variable.matcher(text.toUpperCase(Locale.ROOT)).matches();
    }

    /** A chosen part has no dots unless it is quoted; at the end of a name it is all that is left. */
    private static Pattern property(String name) {
        return Pattern.compile(Pattern.quote(name)
                .replace("*\\E", "\\E.+")
                .replace("[*]", "\\E\\[[0-9]+]\\Q")
                .replace("*", "\\E(\"[^\"]+\"|[^.]+)\\Q"));
    }

    /** What is neither letter nor digit is an underscore there. */
    private static Pattern variable(String name) {
        var shouted = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*\\[\\]]", "_");
        return Pattern.compile(
                Pattern.quote(shouted).replace("[*]", "\\E_[0-9]+_\\Q").replace("*", "\\E.+\\Q"));
    }
}
