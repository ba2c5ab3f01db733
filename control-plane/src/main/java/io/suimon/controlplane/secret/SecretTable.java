package io.suimon.controlplane.secret;

import io.suimon.controlplane.secret.Reference.Source;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The references in use, which entries use them, and their values. Bounded: those beyond the limit are told so, and take the place of
 * others that go. One thread.
 */
final class SecretTable {

    private final int limit;
    private final long patienceNanos;
    private final Environment environment;
    private final FetchPlan plan;
    private final InstantSource clock;
    private final SecretLog log = new SecretLog();
    private final Map<String, KnownSecret> known = new TreeMap<>();
    private final Map<Source, Set<KnownSecret>> bySource = new HashMap<>();
    private final Map<String, Set<String>> byPath = new HashMap<>();
    private final Set<String> beyond = new LinkedHashSet<>();
    private final Set<String> touched = new HashSet<>();

    SecretTable(SecretConfig config, Environment environment, FetchPlan plan, InstantSource clock) {
        this.limit = config.maxReferences();
        this.patienceNanos = config.timeout().toNanos();
        this.environment = environment;
        this.plan = plan;
        this.clock = clock;
    }

    /** Says which references an entry has now; none when it is gone. */
    void uses(String path, Set<String> texts, long now) {
        var before = texts.isEmpty() ? byPath.remove(path) : byPath.put(path, texts);
        for (var text : texts) {
            var secret = known.get(text);
            (secret == null ? begin(text, now) : secret).users.add(path);
        }
        for (var text : before == null ? Set.<String>of() : before) {
            if (!texts.contains(text)) {
                leave(path, text, now);
            }
        }
    }

    private KnownSecret begin(String text, long now) {
        boolean fits = known.size() - beyond.size() < limit;
        if (!fits) {
            beyond.add(text);
        }
        var reference = fits
                ? Reference.parse(text)
                : new Reference.Unanswerable(
                        "there are more references than suimon.secrets.max-references (%d)".formatted(limit));
        var secret = new KnownSecret(text, reference, now + patienceNanos, clock.instant());
        known.put(text, secret);
        switch (reference) {
            case Reference.Unanswerable(var reason) -> take(secret, new Outcome.Failed(reason), now);
            case Reference.Environment variable -> take(secret, environment.read(variable), now);
            case Reference.Managed managed -> {
                bySource.computeIfAbsent(managed.source(), any -> new LinkedHashSet<>())
                        .add(secret);
                plan.want(managed.source(), now);
            }
        }
        return secret;
    }

    private void leave(String path, String text, long now) {
        var secret = known.get(text);
        if (secret == null) {
            return;
        }
        secret.users.remove(path);
        if (!secret.users.isEmpty()) {
            return;
        }
        known.remove(text);
        if (secret.reference instanceof Reference.Managed managed) {
            var others = bySource.get(managed.source());
            if (others != null && others.remove(secret) && others.isEmpty()) {
                bySource.remove(managed.source());
                plan.forget(managed.source());
            }
        }
        if (!beyond.remove(text)) {
            promote(now);
        }
    }

    /** A place became free. */
    private void promote(long now) {
        var waiting = beyond.iterator();
        if (waiting.hasNext()) {
            var text = waiting.next();
            waiting.remove();
            var users = known.remove(text);
            if (users != null) {
                begin(text, now).users.addAll(users.users);
                touched.addAll(users.users);
            }
        }
    }

    /** Takes in what a secret manager said of a secret: each reference to it takes its part. */
    void take(Source source, Fetched fetched, long now) {
        for (var secret : List.copyOf(bySource.getOrDefault(source, Set.of()))) {
            if (secret.reference instanceof Reference.Managed managed) {
                take(secret, outcome(managed, fetched), fetched instanceof Fetched.Unreachable, now);
            }
        }
    }

    private static Outcome outcome(Reference.Managed reference, Fetched fetched) {
        var manager = "secrets/" + reference.source().manager() + " ";
        return switch (fetched) {
            case Fetched.Fields(var fields) -> Outcome.ofField(fields, reference.field());
            case Fetched.Refused(var reason) -> new Outcome.Failed(manager + reason);
            case Fetched.Unreachable(var reason) -> new Outcome.Failed(manager + reason);
        };
    }

    private void take(KnownSecret secret, Outcome outcome, long now) {
        take(secret, outcome, false, now);
    }

    /** @param told whether the log has a line already of what this comes of */
    private void take(KnownSecret secret, Outcome outcome, boolean told, long now) {
        boolean first = secret.state() == SecretState.PENDING;
        var change = secret.take(outcome, clock.instant());
        if (change.value()) {
            touched.addAll(secret.users);
        }
        boolean ordinary = first && secret.state() == SecretState.RESOLVED;
        if (change.state() && !told && !ordinary) {
            log.changed(secret, now);
        }
    }

    /** Paths of the entries that became others since this was last asked. */
    Set<String> drainTouched() {
        var paths = Set.copyOf(touched);
        touched.clear();
        return paths;
    }

    /** The references of an entry; empty for none. */
    Set<String> textsOf(String path) {
        return byPath.getOrDefault(path, Set.of());
    }

    /** The value of a reference; null for none. */
    @Nullable
    String value(String text) {
        var secret = known.get(text);
        return secret == null ? null : secret.value();
    }

    /** Until when an entry has to wait for the first answer to one of its references; empty when it has not. */
    List<Long> holdsOf(String path, long now) {
        var holds = new ArrayList<Long>(0);
        for (var text : textsOf(path)) {
            var secret = known.get(text);
            if (secret != null && secret.holdsBack(now)) {
                holds.add(secret.patientUntil);
            }
        }
        return holds;
    }

    SecretListing listing() {
        return new SecretListing(
                count(SecretState.PENDING),
                count(SecretState.RESOLVED),
                count(SecretState.STALE),
                count(SecretState.FAILED),
                known.values().stream().map(KnownSecret::listed).toList());
    }

    long count(SecretState state) {
        return known.values().stream().filter(secret -> secret.state() == state).count();
    }

    SecretLog log() {
        return log;
    }
}
