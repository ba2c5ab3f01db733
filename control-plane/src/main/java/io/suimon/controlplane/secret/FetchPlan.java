package io.suimon.controlplane.secret;

import io.suimon.controlplane.secret.Reference.Source;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When which secret is asked for, and of whom: at once when it is new or its secret manager's resource changed, then at intervals. While a secret
 * manager cannot be reached, what falls due is not tried. One thread.
 */
final class FetchPlan {

    /** A part of the interval between two readings that is left out at random, so that they do not all fall due together. */
    private static final int SPREAD = 10;

    private final long refreshNanos;
    private final long retryNanos;
    private final RandomGenerator random;
    private final Map<Source, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> waiting = new TreeSet<>(
            Comparator.comparingLong((Entry entry) -> entry.due).thenComparingLong(entry -> entry.number));
    private final Map<String, Manager> managers = new HashMap<>();
    private long numbers;
    private long generations;

    private static final class Entry {
        final Source source;
        final long number;
        long due;
        long generation;

        Entry(Source source, long number) {
            this.source = source;
            this.number = number;
        }
    }

    private static final class Manager {
        VaultAccess access;
        String trouble = "";
        long troubledUntil;

        Manager(VaultAccess access) {
            this.access = access;
        }
    }

    /**
     * Something due.
     *
     * @param generation for {@link #answered}: an answer of an older one is of no use
     * @param access how to ask
     * @param trouble why not to ask at all, as was just found out; empty to ask
     */
    record Question(Source source, long generation, VaultAccess access, String trouble) {}

    FetchPlan(SecretConfig config, RandomGenerator random) {
        this.refreshNanos = config.refresh().toNanos();
        this.retryNanos = config.retry().toNanos();
        this.random = random;
    }

    /** A secret is wanted, now. */
    void want(Source source, long now) {
        var entry = entries.get(source);
        if (entry == null) {
            entry = new Entry(source, numbers++);
            entry.generation = ++generations;
            entries.put(source, entry);
            schedule(entry, now);
        } else if (waiting.contains(entry)) {
            schedule(entry, now);
        }
    }

    void forget(Source source) {
        var entry = entries.remove(source);
        if (entry != null) {
            waiting.remove(entry);
        }
    }

    /**
     * The resource of a secret manager changed: all its secrets are asked for again, now.
     *
     * @param access null when it is gone
     */
    void access(String manager, @Nullable VaultAccess access, long now) {
        if (access == null) {
            managers.remove(manager);
        } else {
            managers.put(manager, new Manager(access));
        }
        for (var entry : entries.values()) {
            if (entry.source.manager().equals(manager)) {
                entry.generation = ++generations;
                schedule(entry, now);
            }
        }
    }

    private void schedule(Entry entry, long due) {
        waiting.remove(entry);
        entry.due = due;
        waiting.add(entry);
    }

    /** What is due first, which then is no longer; null when nothing is. */
    @Nullable
    Question next(long now) {
        if (waiting.isEmpty() || waiting.first().due - now > 0) {
            return null;
        }
        var entry = waiting.first();
        waiting.remove(entry);
        var manager = manager(entry.source);
        boolean troubled = !manager.trouble.isEmpty() && manager.troubledUntil - now > 0;
        return new Question(entry.source, entry.generation, manager.access, troubled ? manager.trouble : "");
    }

    private Manager manager(Source source) {
        var known = managers.get(source.manager());
        return known == null ? new Manager(new VaultAccess.Unusable("does not exist")) : known;
    }

    /** How long nothing will be due; null when nothing ever will be by itself. */
    @Nullable
    Duration rest(long now) {
        return waiting.isEmpty() ? null : Duration.ofNanos(Math.max(0, waiting.first().due - now));
    }

    /** How a secret manager is doing, by its last answer. */
    enum Turn {
        NONE,
        FOR_THE_WORSE,
        FOR_THE_BETTER
    }

    /** Whether the answer to a question is still of use: what was asked for is still wanted, of the same secret manager. */
    boolean isCurrent(Question question) {
        var entry = entries.get(question.source());
        return entry != null && entry.generation == question.generation();
    }

    /** A question was answered; it is asked again in time. The question has to be current. */
    Turn answered(Question question, Fetched fetched, long now) {
        var manager = manager(question.source());
        var entry = entries.get(question.source());
        if (entry != null && question.access() instanceof VaultAccess.Usable) {
            schedule(
                    entry,
                    now + (fetched instanceof Fetched.Fields ? less(refreshNanos, SPREAD) : less(retryNanos, 2)));
        }
        boolean wasTroubled = !manager.trouble.isEmpty();
        boolean asked = question.trouble().isEmpty();
        if (asked && fetched instanceof Fetched.Unreachable(var reason)) {
            manager.trouble = reason;
            // As long as the shortest pause of its secrets: whichever is due first finds out.
            manager.troubledUntil = now + retryNanos / 2;
            return wasTroubled ? Turn.NONE : Turn.FOR_THE_WORSE;
        }
        if (asked && wasTroubled) {
            manager.trouble = "";
            return Turn.FOR_THE_BETTER;
        }
        return Turn.NONE;
    }

    /** A length less a random part of it. */
    private long less(long nanos, int part) {
        return nanos - (long) (nanos / (double) part * random.nextDouble());
    }
}
