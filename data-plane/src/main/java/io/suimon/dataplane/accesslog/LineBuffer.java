package io.suimon.dataplane.accesslog;

import java.util.List;
import java.util.Queue;

/**
 * Lines of one event loop until there are enough for a write. The loop appends and the writer takes, under a lock that neither holds
 * for longer than a copy takes.
 */
final class LineBuffer {

    static final int BYTES = 64 * 1024;

    private final Queue<Chunk> full;
    private byte[] bytes = new byte[BYTES];
    private int length;
    private int lines;

    /** Whole lines that are written at once. */
    record Chunk(byte[] bytes, int length, int lines) {}

    /** @param full takes what is filled; may refuse */
    LineBuffer(Queue<Chunk> full) {
        this.full = full;
    }

    /**
     * Appends a line, as wire text, with its end.
     *
     * @return whether there was room; a line longer than the buffer never has any
     */
    synchronized boolean append(CharSequence line) {
        if (line.length() > bytes.length) {
            return false;
        }
        if (line.length() > bytes.length - length) {
            if (!full.offer(new Chunk(bytes, length, lines))) {
                return false;
            }
            begin();
        }
        for (int i = 0; i < line.length(); i++) {
            bytes[length++] = (byte) line.charAt(i);
        }
        lines++;
        return true;
    }

    /** Takes what is there though it is not full, behind all that was. */
    synchronized void drainTo(List<Chunk> chunks) {
        for (var chunk = full.poll(); chunk != null; chunk = full.poll()) {
            chunks.add(chunk);
        }
        if (length > 0) {
            chunks.add(new Chunk(bytes, length, lines));
            begin();
        }
    }

    private void begin() {
        bytes = new byte[BYTES];
        length = 0;
        lines = 0;
    }
}
