package io.suimon.engine.protobuf;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in a text its named things are, by their names without the package. Belongs to one reader. */
final class NamePlaces {

    private final Map<String, Integer> offsets = new HashMap<>();

    /** Of things with the same name the last one counts: it is the one too many. */
    void put(String name, int offset) {
        offsets.put(name, offset);
    }

    @Nullable
    Integer offset(String name) {
        return offsets.get(name);
    }
}
