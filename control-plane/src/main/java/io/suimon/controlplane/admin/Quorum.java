package io.suimon.controlplane.admin;

import io.suimon.controlplane.stream.Reach;
import java.util.Optional;
import java.util.regex.Pattern;

/** How many nodes are enough: {@code all}, a number of them, or a percentage. One node is the least. */
sealed interface Quorum {

    /** What may be written. */
    String EXPECTED = "all, a number of nodes from 1 to 100000, or a percentage from 1% to 100%";

    /** Every node that counts. */
    record All() implements Quorum {}

    record Nodes(int count) implements Quorum {}

    record Percent(int percent) implements Quorum {}

    /** Up to this many nodes can be asked for. */
    int MAX_NODES = 100_000;

    Pattern NUMBER = Pattern.compile("([0-9]{1,6})(%?)");

    /** Reads one; empty when the text is none. */
    static Optional<Quorum> parse(String text) {
        if (text.equals("all")) {
            return Optional.of(new All());
        }
        var matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(1));
        boolean percent = !matcher.group(2).isEmpty();
        if (number < 1 || number > (percent ? 100 : MAX_NODES)) {
            return Optional.empty();
        }
        return Optional.of(percent ? new Percent(number) : new Nodes(number));
    }

    /** Whether so many of them are enough. */
    default boolean holds(Reach reach) {
        int wanted = switch (this) {
            case All all -> reach.nodes();
            case Nodes(var count) -> count;
            case Percent(var percent) -> Math.ceilDiv(reach.nodes() * percent, 100);
        };
        return reach.applied() >= Math.max(1, wanted);
    }
}
