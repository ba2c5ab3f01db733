package io.suimon.controlplane.admin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The JSON text of a list, put together from those of its resources in one piece that has the size it needs. One thread. */
final class ListText {

    private static final byte[] END = ascii("]}\n");

    private final byte[] head;
    private final List<byte[]> resources = new ArrayList<>();
    private int length;

    /** @param total what it says there are */
    ListText(int total) {
        head = ascii("{\"total\":" + total + ",\"list\":[");
        length = head.length + END.length;
    }

    /** @param json a whole JSON text */
    void add(byte[] json) {
        length = Math.addExact(length, json.length + (resources.isEmpty() ? 0 : 1));
        resources.add(json);
    }

    /** The whole of it, as one line. */
    byte[] line() {
        var text = ByteBuffer.allocate(length).put(head);
        for (int i = 0; i < resources.size(); i++) {
            if (i > 0) {
                text.put((byte) ',');
            }
            text.put(resources.get(i));
        }
        return text.put(END).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
