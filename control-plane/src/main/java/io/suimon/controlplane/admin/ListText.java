package io.suimon.controlplane.admin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The JSON text of a list, put together one resource after the other. One thread. */
final class ListText {

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean begun;

    /** @param total what it says there are */
    ListText(int total) {
        write("{\"total\":" + total + ",\"list\":[");
    }

    /** @param json a whole JSON text */
    void add(byte[] json) {
        if (begun) {
            text.write(',');
        }
        begun = true;
        text.writeBytes(json);
    }

    byte[] end() {
        write("]}");
        return text.toByteArray();
    }

    private void write(String part) {
        text.writeBytes(part.getBytes(StandardCharsets.US_ASCII));
    }
}
