package io.suimon.engine.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Candidates in the order they are tried. Immutable; kept in pieces, so that a change among very many copies few.
 */
final class Ranked<T> {

    private static final int MAX_PIECE = 64;

    private final Candidate<T>[][] pieces;

    private Ranked(Candidate<T>[][] pieces) {
        this.pieces = pieces;
    }

    /** None. */
    @SuppressWarnings("unchecked") // an array without elements
    static <T> Ranked<T> none() {
        return new Ranked<>((Candidate<T>[][]) new Candidate<?>[0][]);
    }

    boolean isEmpty() {
        return pieces.length == 0;
    }

    int pieces() {
        return pieces.length;
    }

    /** Candidates of one piece, in order; not to be changed. */
    Candidate<T>[] piece(int index) {
        return pieces[index];
    }

    List<Candidate<T>> toList() {
        var all = new ArrayList<Candidate<T>>();
        for (var piece : pieces) {
            all.addAll(Arrays.asList(piece));
        }
        return all;
    }

    Ranked<T> with(Candidate<T> candidate) {
        if (pieces.length == 0) {
            return new Ranked<>(replace(0, 0, List.<Candidate<T>[]>of(of(candidate))));
        }
        int index = Math.min(pieceOf(candidate), pieces.length - 1);
        var piece = pieces[index];
        int found = Arrays.binarySearch(piece, candidate);
        if (found >= 0) {
            return this;
        }
        int at = -found - 1;
        var grown = Arrays.copyOf(piece, piece.length + 1);
        System.arraycopy(piece, at, grown, at + 1, piece.length - at);
        grown[at] = candidate;
        return new Ranked<>(replace(index, 1, halved(grown)));
    }

    @Nullable
    Ranked<T> without(Candidate<T> candidate) {
        int index = pieceOf(candidate);
        int found = index == pieces.length ? -1 : Arrays.binarySearch(pieces[index], candidate);
        if (found < 0) {
            return this;
        }
        var piece = pieces[index];
        if (piece.length == 1) {
            return pieces.length == 1 ? null : new Ranked<>(replace(index, 1, List.of()));
        }
        var shrunk = Arrays.copyOf(piece, piece.length - 1);
        System.arraycopy(piece, found + 1, shrunk, found, shrunk.length - found);
        return new Ranked<>(replace(index, 1, List.<Candidate<T>[]>of(shrunk)));
    }

    /** The first piece whose last candidate is not before this one. */
    private int pieceOf(Candidate<T> candidate) {
        int low = 0;
        int high = pieces.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            var piece = pieces[middle];
            if (piece[piece.length - 1].compareTo(candidate) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @SuppressWarnings("unchecked") // an array of one element of that kind
    private static <T> Candidate<T>[] of(Candidate<T> candidate) {
        return (Candidate<T>[]) new Candidate<?>[] {candidate};
    }

    private static <T> List<Candidate<T>[]> halved(Candidate<T>[] piece) {
        if (piece.length <= MAX_PIECE) {
            return List.<Candidate<T>[]>of(piece);
        }
        int middle = piece.length / 2;
        return List.of(Arrays.copyOf(piece, middle), Arrays.copyOfRange(piece, middle, piece.length));
    }

    private Candidate<T>[][] replace(int index, int removed, List<Candidate<T>[]> by) {
        var changed = Arrays.copyOf(pieces, pieces.length - removed + by.size());
        for (int i = 0; i < by.size(); i++) {
            changed[index + i] = by.get(i);
        }
        System.arraycopy(pieces, index + removed, changed, index + by.size(), pieces.length - index - removed);
        return changed;
    }
}
