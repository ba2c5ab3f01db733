package io.suimon.dataplane.tls;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One element of what is encoded by the distinguished rules of ASN.1, as far as statuses of certificates need them.
 *
 * @param all the bytes it is among, which nobody changes
 * @param from where its content begins
 * @param to where that ends
 */
record Der(int tag, byte[] all, int from, int to) {

    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int TIME = 0x18;
    static final int SEQUENCE = 0x30;

    /** Of a choice or an optional element, by its number. */
    static final int TAGGED = 0xA0;

    private static final int MAX_LENGTH_BYTES = 3;

    /** Reads the element that these bytes are. */
    static Der read(byte[] bytes) throws UnusableException {
        return at(bytes, 0, bytes.length);
    }

    private static Der at(byte[] all, int start, int end) throws UnusableException {
        if (start + 2 > end) {
            throw cut();
        }
        int content = start + 2;
        int length = all[start + 1] & 0xff;
        if (length >= 0x80) {
            int more = length & 0x7f;
            if (more == 0 || more > MAX_LENGTH_BYTES || content + more > end) {
                throw cut();
            }
            length = 0;
            for (int i = 0; i < more; i++) {
                length = length << 8 | (all[content++] & 0xff);
            }
        }
        if (length > end - content) {
            throw cut();
        }
        return new Der(all[start] & 0xff, all, content, content + length);
    }

    private static UnusableException cut() {
        return new UnusableException("an element without its end (expected: DER)");
    }

    /** The elements in it. */
    List<Der> children() throws UnusableException {
        var children = new ArrayList<Der>();
        for (int at = from; at < to; at = children.getLast().to()) {
            children.add(at(all, at, to));
        }
        return children;
    }

    /** The element in it at this place. */
    Der child(int index) throws UnusableException {
        var children = children();
        if (index >= children.size()) {
            throw new UnusableException(children.size() + " elements (expected: at least " + (index + 1) + ")");
        }
        return children.get(index);
    }

    byte[] content() {
        return java.util.Arrays.copyOfRange(all, from, to);
    }

    /** Writes an element around these. */
    static byte[] of(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            whole.write(0x82);
            whole.write(length >>> 8);
        } else if (length >= 0x80) {
            whole.write(0x81);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
