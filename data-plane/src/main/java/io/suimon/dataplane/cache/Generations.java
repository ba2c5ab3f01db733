package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.dataplane.sync.ConfigurationStep;
import io.suimon.dataplane.sync.CopySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The last few configurations in the folder, each with the steps that follow it. A change is written as a step; a new generation comes
 * when nothing is there that it could follow: at the start, when the steps have grown as large as their generation, and behind any
 * failure. Not thread-safe.
 */
final class Generations {

    private static final Logger LOG = Logger.getLogger(Generations.class);

    private final CacheFolder folder;
    private final int keep;
    private final CacheCounters counters;
    private final @Nullable CacheKey key;
    private final SecureRandom random = new SecureRandom();
    private @Nullable List<Path> written;
    private @Nullable StepLog steps;

    /**
     * @param keep how many there are to be, at least one
     * @param key null leaves them in plain text
     */
    Generations(CacheFolder folder, int keep, CacheCounters counters, @Nullable CacheKey key) {
        this.folder = folder;
        this.keep = keep;
        this.counters = counters;
        this.key = key;
    }

    /**
     * One that was read.
     *
     * @param exposed whether anybody can read it although there is a key
     */
    record Found(Configuration configuration, boolean exposed) {}

    /** The newest configuration that is whole; says in one line each which ones are not. Empty when there is none. */
    Optional<Found> newest() {
        for (var file : list()) {
            try {
                var configuration = followed(file, ConfigurationFile.read(file, key));
                LOG.infof("disk copy %s: revision %d", file, configuration.revision());
                return Optional.of(new Found(configuration, key != null && ConfigurationFile.isPlain(file)));
            } catch (IOException e) {
                counters.damaged.increment();
                LOG.warnf("disk copy %s is passed over: %s", file, e.getMessage());
            }
        }
        return Optional.empty();
    }

    private List<Path> list() {
        try {
            return folder.generations();
        } catch (IOException e) {
            LOG.warnf("disk copies in %s cannot be listed: %s", folder.path(), e);
            return List.of();
        }
    }

    /** With the steps behind it, as far as they are whole. */
    private Configuration followed(Path file, Configuration generation) {
        var steps = CacheFolder.stepsOf(file);
        var outcome = StepReplay.follow(generation, steps, key);
        outcome.damage().ifPresent(why -> {
            counters.damaged.increment();
            LOG.warnf(
                    "disk copy %s: what follows revision %d is passed over: %s",
                    steps, outcome.configuration().revision(), why);
        });
        return outcome.configuration();
    }

    /** Writes what the source has; it is on the disk when this returns. */
    void write(CopySource source) throws IOException {
        var log = steps;
        steps = null; // until all went well, nothing may follow what is there
        switch (source.next(log == null || log.isFull())) {
            case Configuration whole -> steps = writeWhole(whole);
            case ConfigurationStep step -> {
                append(log, step);
                steps = log;
            }
        }
    }

    private static void append(@Nullable StepLog log, ConfigurationStep step) throws IOException {
        if (log == null) {
            throw new IllegalStateException("a step (expected: a configuration, as there is nothing it could follow)");
        }
        log.append(step);
    }

    /** Returns what may follow it. */
    private StepLog writeWhole(Configuration configuration) throws IOException {
        var before = written == null ? folder.generations() : written;
        written = null; // until all went well, only the folder knows
        var after = new ArrayList<Path>(keep);
        var file = folder.write(
                CacheFolder.nameAfter(before), channel -> ConfigurationFile.write(configuration, channel, key, random));
        after.add(file);
        for (var older : before) {
            if (after.size() >= keep || (key != null && ConfigurationFile.isPlain(older))) {
                folder.remove(older);
            } else {
                after.add(older);
            }
        }
        written = after;
        return new StepLog(folder, file, Files.size(file), key, random);
    }

    /** Whether steps follow the newest generation. */
    boolean hasSteps() {
        return steps != null && !steps.isEmpty();
    }
}
