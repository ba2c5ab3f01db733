package io.suimon.dataplane.control;

import io.suimon.engine.resource.StoredResource;
import java.util.Iterator;
import java.util.function.Function;

/** A JSON list that is made piece by piece, so that no collection is in memory as text. Not thread-safe. */
final class Listing {

    /** A piece is sent as soon as it is as long. */
    private static final int PIECE_CHARS = 64 * 1024;

    private final Iterator<StoredResource> resources;
    private final Function<StoredResource, String> text;
    private boolean begun;
    private boolean finished;

    Listing(Iterator<StoredResource> resources, Function<StoredResource, String> text) {
        this.resources = resources;
        this.text = text;
    }

    boolean finished() {
        return finished;
    }

    /** What follows. A list without elements is {@code {}}, as APISIX has it. */
    String next() {
        if (!begun && !resources.hasNext()) {
            finished = true;
            return "{}";
        }
        var piece = new StringBuilder(PIECE_CHARS);
        while (resources.hasNext() && piece.length() < PIECE_CHARS) {
            piece.append(begun ? ',' : '[').append(text.apply(resources.next()));
            begun = true;
        }
        if (!resources.hasNext()) {
            finished = true;
            piece.append(']');
        }
        return piece.toString();
    }
}
