package io.suimon.harness;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One direction of a connection through a {@link FaultProxy}: one thread reads and notes when each piece is due, another writes what
 * is. Between them lie at most {@link #CAPACITY} bytes; at that limit reading waits, and the sender feels it.
 */
final class FaultyPipe {

    private static final int PIECE = 16 * 1024;
    private static final int PIECES = 256;
    static final int CAPACITY = PIECE * PIECES;

    private static final Piece END = new Piece(new byte[0], 0);

    private final Socket from;
    private final Socket to;
    private final Supplier<Faults> faults;
    private final ArrayBlockingQueue<Piece> between = new ArrayBlockingQueue<>(PIECES);
    private volatile boolean broken;

    /** @param bytes empty for the end */
    private record Piece(byte[] bytes, long readAt) {
        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    private FaultyPipe(Socket from, Socket to, Supplier<Faults> faults) {
        this.from = from;
        this.to = to;
        this.faults = faults;
    }

    /** Moves bytes until the sender ends, or either side breaks; returns when all that will be written is. */
    static void run(Socket from, Socket to, Supplier<Faults> faults) {
        var pipe = new FaultyPipe(from, to, faults);
        var writer = Thread.ofVirtual().start(pipe::write);
        pipe.read();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        var buffer = new byte[PIECE];
        try {
            var in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0 && !broken; count = in.read(buffer)) {
                var now = faults.get();
                boolean lost = now.swallowing()
                        || (now.loss() > 0 && ThreadLocalRandom.current().nextDouble() < now.loss());
                if (!lost) {
                    put(new Piece(Arrays.copyOf(buffer, count), System.nanoTime()));
                }
            }
        } catch (IOException e) {
            broken = true; // a reset is passed on without what was before it
        }
        put(END);
    }

    private void put(Piece piece) {
        try {
            while (!between.offer(piece, 100, TimeUnit.MILLISECONDS)) {
                if (broken) {
                    between.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            var out = to.getOutputStream();
            for (var piece = between.take(); !piece.isEnd() && !broken; piece = between.take()) {
                awaitDue(piece);
                rest(piece.bytes().length);
                out.write(piece.bytes());
            }
            if (broken) {
                to.setSoLinger(true, 0); // a reset here, too
                to.close();
            } else {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            broken = true;
            closeQuietly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits as long as the delay says, whatever it becomes meanwhile; so healing sets free what is held back. */
    private void awaitDue(Piece piece) {
        while (!broken && !to.isClosed()) {
            long left = piece.readAt() + faults.get().delay().toNanos() - System.nanoTime();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
        }
    }

    private void rest(int bytes) {
        int perSecond = faults.get().bytesPerSecond();
        if (perSecond > 0) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(bytes) / perSecond);
        }
    }

    private void closeQuietly() {
        try {
            from.close();
            to.close();
        } catch (IOException e) {
            // Gone either way.
        }
    }
}
