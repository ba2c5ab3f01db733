package io.suimon.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Draws which faults a random run suffers, when and for how long; the same seed draws the same. One thread uses it.
 *
 * <p>Faults of one round never touch the same thing: then healing one would heal the other.
 */
final class RandomDraw {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(8);

    /** In one round of so many there are two faults. */
    private static final int ROUNDS_PER_PAIR = 3;

    /** What a fault is done to. */
    enum Part {
        ETCD_MEMBER,
        /** The ways to one member, or to all of them. */
        ETCD_PATH,
        STREAM_PATH,
        CONTROL_PLANE
    }

    /** What is done to it. */
    enum Kind {
        ETCD_KILLED(Part.ETCD_MEMBER),
        ETCD_FROZEN(Part.ETCD_MEMBER),
        ETCD_SILENT(Part.ETCD_PATH),
        ETCD_LOSSY(Part.ETCD_PATH),
        ETCD_NARROW(Part.ETCD_PATH),
        ETCD_REFUSED(Part.ETCD_PATH),
        ETCD_CUT(Part.ETCD_PATH),
        ETCD_SLOW(Part.ETCD_PATH),
        STREAM_SILENT(Part.STREAM_PATH),
        STREAM_LOSSY(Part.STREAM_PATH),
        STREAM_NARROW(Part.STREAM_PATH),
        STREAM_REFUSED(Part.STREAM_PATH),
        STREAM_CUT(Part.STREAM_PATH),
        CONTROL_PLANE_KILLED(Part.CONTROL_PLANE),
        CONTROL_PLANE_FROZEN(Part.CONTROL_PLANE);

        private final Part part;

        Kind(Part part) {
            this.part = part;
        }

        Part part() {
            return part;
        }
    }

    /** @param target which of those there are, counted from 0 */
    record Drawn(Kind kind, int target) {

        /** For people, who count from 1. */
        String summary() {
            var what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return kind == Kind.ETCD_SLOW ? what : what + " (" + (target + 1) + ")";
        }

        /** Whether the two would touch the same thing. */
        boolean excludes(Drawn other) {
            return kind.part() == other.kind.part()
                    && (target == other.target || kind == Kind.ETCD_SLOW || other.kind == Kind.ETCD_SLOW);
        }
    }

    /**
     * Faults that hold at the same time, and the rest behind them.
     *
     * @param faults one or two
     */
    record Round(List<Drawn> faults, Duration held, Duration rest) {
        Round {
            faults = List.copyOf(faults);
        }

        /** For people: what, and for how long. */
        String summary() {
            return String.format(
                    Locale.ROOT,
                    "%s for %.1f s",
                    faults.stream().map(Drawn::summary).collect(Collectors.joining(" and ")),
                    held.toMillis() / 1e3);
        }

        Duration length() {
            return held.plus(rest);
        }
    }

    private final RandomGenerator random;
    private final int etcdMembers;
    private final int controlPlanes;

    RandomDraw(RandomGenerator random, int etcdMembers, int controlPlanes) {
        this.random = random;
        this.etcdMembers = etcdMembers;
        this.controlPlanes = controlPlanes;
    }

    /** As many rounds as there is time for. */
    List<Round> rounds(Duration within) {
        var rounds = new ArrayList<Round>();
        var left = within;
        for (var round = round(); round.length().compareTo(left) <= 0; round = round()) {
            rounds.add(round);
            left = left.minus(round.length());
        }
        return rounds;
    }

    private Round round() {
        var faults = new ArrayList<>(List.of(draw()));
        if (random.nextInt(ROUNDS_PER_PAIR) == 0) {
            var other = draw();
            while (other.excludes(faults.getFirst())) {
                other = draw();
            }
            faults.add(other);
        }
        return new Round(faults, time(), time());
    }

    private Drawn draw() {
        var kinds = Kind.values();
        var kind = kinds[random.nextInt(kinds.length)];
        return new Drawn(kind, random.nextInt(count(kind.part())));
    }

    private int count(Part part) {
        return switch (part) {
            case ETCD_MEMBER, ETCD_PATH -> etcdMembers;
            case STREAM_PATH, CONTROL_PLANE -> controlPlanes;
        };
    }

    private Duration time() {
        return Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), LONGEST.toMillis()));
    }
}
