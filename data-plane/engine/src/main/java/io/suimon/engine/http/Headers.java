package io.suimon.engine.http;

import io.suimon.engine.text.WireText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a head: a block of bytes with offsets, and the edits made to it.
 *
 * <p>The fields as received stay bytes in the block; a removal marks one, an addition goes to a list behind them, and {@link
 * #copyTo} writes what is left, untouched lines in one go. Whoever reads no header pays for none.
 *
 * <p>Not thread-safe: belongs to one exchange at a time, and is reused by the next one.
 */
public final class Headers {

    /** Sees every field in order. */
    public interface Visitor {
        void field(String name, String value);
    }

    private record Added(HeaderName name, String value) {}

    private static final int STRIDE = 4;
    private static final int FIELDS = 16;
    private static final byte[] NOTHING = {};
    private static final int[] NO_SPANS = {};
    private static final boolean[] NONE_DROPPED = {};

    private byte[] block = NOTHING;
    private int blockEnd;
    private int[] spans = NO_SPANS;
    private boolean[] dropped = NONE_DROPPED;
    private int count;
    private int droppedCount;
    private @Nullable List<Added> added;

    /** Forgets everything; fields of {@code block} follow by {@link #field}. The block is not copied and must not change. */
    public void reset(byte[] block) {
        this.block = block;
        clear();
    }

    /** Forgets the received fields and takes those of {@code block}, which follow by {@link #field}; what was added stays. */
    public void receive(byte[] block) {
        this.block = block;
        count = 0;
        blockEnd = 0;
        droppedCount = 0;
    }

    private void clear() {
        receive(block);
        if (added != null) {
            added.clear();
        }
    }

    /** Forgets everything; what follows is only added. */
    public void reset() {
        reset(NOTHING);
    }

    /**
     * Tells of the next field of the block. Its line must follow that of the one before directly.
     *
     * @param lineEnd behind the line's CR LF
     */
    public void field(int nameStart, int nameEnd, int valueStart, int valueEnd, int lineEnd) {
        if (count == dropped.length) {
            int room = Math.max(FIELDS, dropped.length * 2);
            spans = Arrays.copyOf(spans, STRIDE * room);
            dropped = Arrays.copyOf(dropped, room);
        }
        int at = count * STRIDE;
        spans[at] = nameStart;
        spans[at + 1] = nameEnd;
        spans[at + 2] = valueStart;
        spans[at + 3] = valueEnd;
        dropped[count] = false;
        count++;
        blockEnd = lineEnd;
    }

    /** Moves the fields to a copy of the block, which may have been a shared one; offsets stay as they are. */
    public void rebase(byte[] copy) {
        block = copy;
    }

    /** How many fields there are now. */
    public int size() {
        return count - droppedCount + (added == null ? 0 : added.size());
    }

    /** Whether anything differs from the block as received. */
    public boolean edited() {
        return droppedCount > 0 || hasAdditions();
    }

    /** Whether fields were added to those received. */
    public boolean hasAdditions() {
        return added != null && !added.isEmpty();
    }

    /** The index of the next received field of this name at {@code from} or later that is still there, or -1. */
    public int indexOf(HeaderName name, int from) {
        for (int i = from; i < count; i++) {
            if (!dropped[i] && name.matches(block, spans[i * STRIDE], spans[i * STRIDE + 1])) {
                return i;
            }
        }
        return -1;
    }

    /** Received fields, dropped ones included: the bound of the indices. */
    public int received() {
        return count;
    }

    /** Whether the received field has this name. */
    public boolean nameIs(int index, HeaderName name) {
        return name.matches(block, spans[index * STRIDE], spans[index * STRIDE + 1]);
    }

    public int nameStart(int index) {
        return spans[index * STRIDE];
    }

    public int nameEnd(int index) {
        return spans[index * STRIDE + 1];
    }

    public int valueStart(int index) {
        return spans[index * STRIDE + 2];
    }

    public int valueEnd(int index) {
        return spans[index * STRIDE + 3];
    }

    /** The value of the received field. */
    public String value(int index) {
        return WireText.of(block, valueStart(index), valueEnd(index));
    }

    /** Removes the received field. */
    public void drop(int index) {
        if (!dropped[index]) {
            dropped[index] = true;
            droppedCount++;
        }
    }

    /** Whether the received field is still there. */
    public boolean present(int index) {
        return !dropped[index];
    }

    /** The array the received fields are in. */
    public byte[] block() {
        return block;
    }

    /** The name of the received field, as sent. */
    public String name(int index) {
        return WireText.of(block, nameStart(index), nameEnd(index));
    }

    /** Behind the CR LF of the received field's line, which begins at {@link #nameStart}. */
    public int lineEnd(int index) {
        return index + 1 < count ? nameStart(index + 1) : blockEnd;
    }

    /** Whether a field of this name was added. */
    public boolean hasAdded(HeaderName name) {
        if (added != null) {
            for (int i = 0; i < added.size(); i++) {
                if (added.get(i).name.equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether there is such a field. */
    public boolean contains(HeaderName name) {
        return first(name) != null;
    }

    /** The value of the first field of this name, or null. */
    public @Nullable String first(HeaderName name) {
        int index = indexOf(name, 0);
        if (index >= 0) {
            return value(index);
        }
        if (added != null) {
            for (int i = 0; i < added.size(); i++) {
                if (added.get(i).name.equals(name)) {
                    return added.get(i).value;
                }
            }
        }
        return null;
    }

    /** The values of all fields of this name, in order. */
    public List<String> all(HeaderName name) {
        var values = new ArrayList<String>(2);
        for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
            values.add(value(i));
        }
        if (added != null) {
            for (var field : added) {
                if (field.name.equals(name)) {
                    values.add(field.value);
                }
            }
        }
        return values;
    }

    /** One more field. A CR, LF or NUL in the value becomes a blank: it would be the begin of a field nobody added. */
    public void add(HeaderName name, String value) {
        if (added == null) {
            added = new ArrayList<>(4);
        }
        added.add(new Added(name, oneLine(value)));
    }

    private static String oneLine(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return value.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
            }
        }
        return value;
    }

    /** Exactly one field of this name. A CR, LF or NUL in the value becomes a blank. */
    public void set(HeaderName name, String value) {
        remove(name);
        add(name, value);
    }

    /** No field of this name. */
    public void remove(HeaderName name) {
        for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
            drop(i);
        }
        removeAdded(name);
    }

    /** No added field of this name; received ones stay. */
    public void removeAdded(HeaderName name) {
        if (added != null) {
            added.removeIf(field -> field.name.equals(name));
        }
    }

    /** Shows every field, as received ones first. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < count; i++) {
            if (!dropped[i]) {
                visitor.field(WireText.of(block, nameStart(i), nameEnd(i)), value(i));
            }
        }
        if (added != null) {
            for (var field : added) {
                visitor.field(field.name.text(), field.value);
            }
        }
    }

    /** How many bytes {@link #copyTo} writes at most. */
    public int sizeBound() {
        int size = count == 0 ? 0 : blockEnd - spans[0];
        if (added != null) {
            for (int i = 0; i < added.size(); i++) {
                var field = added.get(i);
                size += field.name.spelling().length + field.value.length() + 4;
            }
        }
        return size;
    }

    /**
     * Writes every field as a line with CR LF, without the empty line behind them.
     *
     * @return the offset behind the last byte written
     */
    public int copyTo(byte[] target, int at) {
        return copyAdded(target, copyReceived(target, at));
    }

    /** As {@link #copyTo}, of the added fields only. */
    public int copyAdded(byte[] target, int at) {
        int to = at;
        if (added == null) {
            return to;
        }
        for (int i = 0; i < added.size(); i++) {
            var field = added.get(i);
            byte[] name = field.name.spelling();
            System.arraycopy(name, 0, target, to, name.length);
            to += name.length;
            target[to++] = ':';
            target[to++] = ' ';
            to = copyText(field.value, target, to);
            target[to++] = '\r';
            target[to++] = '\n';
        }
        return to;
    }

    private int copyReceived(byte[] target, int at) {
        int to = at;
        int i = 0;
        while (i < count) {
            if (dropped[i]) {
                i++;
                continue;
            }
            int from = spans[i * STRIDE];
            while (i < count && !dropped[i]) {
                i++;
            }
            int end = i < count ? spans[i * STRIDE] : blockEnd;
            System.arraycopy(block, from, target, to, end - from);
            to += end - from;
        }
        return to;
    }

    @SuppressWarnings("deprecation") // the only copy of Latin-1 text that allocates nothing
    private static int copyText(String text, byte[] target, int at) {
        text.getBytes(0, text.length(), target, at);
        return at + text.length();
    }
}
