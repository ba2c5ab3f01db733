package io.suimon.engine.http;

import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request, decoded and normalised: percent escapes resolved, dot segments removed, slashes merged.
 *
 * <p>A path that is normal already, as nearly all are, is not copied: {@link #bytes()} is then the head's own array.
 *
 * <p>Not thread-safe: belongs to one request head.
 */
public final class RequestPath {

    private static final byte[] ROOT = {'/'};

    private byte[] bytes = {};
    private int start;
    private int end;
    private boolean copied;
    private @Nullable String text;

    /** Reads a raw path, without its query. Returns false when it is malformed. */
    boolean reset(byte[] raw, int from, int to) {
        text = null;
        if (from == to || raw[from] != '/') {
            return false;
        }
        if (PathNormalizer.isNormal(raw, from, to)) {
            bytes = raw;
            start = from;
            end = to;
            copied = false;
            return true;
        }
        byte[] normal = PathNormalizer.normalize(raw, from, to);
        if (normal == null) {
            return false;
        }
        bytes = normal;
        start = 0;
        end = normal.length;
        copied = true;
        return true;
    }

    /** The path of an absolute target that names none. */
    boolean resetToRoot() {
        text = null;
        bytes = ROOT;
        start = 0;
        end = ROOT.length;
        copied = true;
        return true;
    }

    /** Puts another path in its place: routes are matched against that, and variables show it. */
    public void become(byte[] path) {
        text = null;
        bytes = path;
        start = 0;
        end = path.length;
        copied = true;
    }

    void rebase(byte[] copy) {
        if (!copied) {
            bytes = copy;
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    /** The first byte, a slash. */
    public int start() {
        return start;
    }

    /** Behind the last byte. */
    public int end() {
        return end;
    }

    /** As wire text. */
    public String text() {
        if (text == null) {
            text = WireText.of(bytes, start, end);
        }
        return text;
    }
}
