package io.suimon.dataplane.tls;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.suimon.engine.tls.KeyMaterial;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gets what is stapled to certificates from those who signed them, on threads of its own. Thread-safe. */
final class Staples implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Staples.class);

    /** Asked at a time: one responder that is slow does not hold up all others. */
    private static final int THREADS = 4;

    /** Certificates that are named in metrics. */
    private static final int MAX_REPORTED = 100;

    private static final Comparator<StapleReport.Shown> WORST_FIRST = Comparator.comparing(
                    StapleReport.Shown::isMissing, Comparator.reverseOrder())
            .thenComparing(StapleReport.Shown::ageSeconds, Comparator.reverseOrder());

    private final Staple.Asking asking;
    private final Duration patience;
    private final Set<Staple> all = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor threads =
            new ScheduledThreadPoolExecutor(THREADS, new DefaultThreadFactory("ocsp", true));

    private Staples(TlsConfig.Ocsp config, InstantSource clock) {
        this.patience = config.timeout();
        this.asking = new Staple.Asking(
                new StatusResponder(config.timeout()),
                clock,
                config.refresh(),
                config.retry(),
                new LongAdder(),
                new LongAdder());
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Those of the settings; null where none are wanted, or the library shows none. */
    static @Nullable Staples of(TlsConfig config, TlsLibrary library, InstantSource clock) {
        if (!config.ocsp().stapling()) {
            return null;
        }
        if (!library.staples()) {
            LOG.warn("suimon.tls.ocsp.stapling: the JDK's TLS shows no OCSP responses (expected: tcnative)");
            return null;
        }
        return new Staples(config.ocsp(), clock);
    }

    /** What is shown beside the one certificate among these; null where there are several, or it names nobody to ask. */
    @Nullable
    Staple of(List<KeyMaterial> keys) {
        var chain = keys.getFirst().chain();
        if (keys.size() > 1 || chain.size() < 2) {
            return null;
        }
        try {
            var question = StatusQuestion.of(chain.get(0), chain.get(1));
            if (question == null) {
                return null;
            }
            var staple = new Staple(question, asking, threads);
            all.removeIf(Staple::isDropped);
            all.add(staple);
            staple.askIn(Duration.ZERO);
            return MustStaple.isDemandedBy(chain.getFirst()) ? staple.awaited(patience) : staple.notAwaited();
        } catch (UnusableException e) {
            LOG.warnf("no OCSP response is asked for: %s: %s", chain.get(0).getSubjectX500Principal(), e.getMessage());
            return null;
        }
    }

    /** What is known of them now. */
    StapleReport report() {
        all.removeIf(Staple::isDropped);
        var known = all.stream().map(Staple::report).sorted(WORST_FIRST).toList();
        var named = new HashSet<String>(); // one certificate may be of several objects
        return new StapleReport(
                asking.answers().sum(),
                asking.failures().sum(),
                known.stream().filter(StapleReport.Shown::isMissing).count(),
                known.stream()
                        .filter(one -> named.add(one.serial() + ' ' + one.subject()))
                        .limit(MAX_REPORTED)
                        .toList());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
