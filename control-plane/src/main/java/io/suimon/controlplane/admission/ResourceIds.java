package io.suimon.controlplane.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Which ids a resource may have. */
public final class ResourceIds {

    /** What somebody with another one is told. */
    public static final String INVALID =
            "invalid configuration: property \"id\" validation failed: object matches none of the required";

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9\\-_.]{1,64}");

    private ResourceIds() {}

    /** Whether this text is one. */
    public static boolean allow(String id) {
        return ID.matcher(id).matches();
    }

    /** Whether this is one as it may stand in a body: a text, or a whole number from 1. */
    public static boolean allow(JsonNode id) {
        return id.isTextual()
                ? allow(id.asText())
                : id.isIntegralNumber() && id.decimalValue().signum() > 0 && allow(id.asText());
    }
}
