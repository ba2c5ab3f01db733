package io.suimon.controlplane.secret;

import io.suimon.controlplane.secret.FetchPlan.Question;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks secret managers, each question on a virtual thread of its own, and keeps the answers until they are fetched. Asked by one thread
 * at a time; bounded by the questions that may be under way.
 */
final class Fetcher implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Fetcher.class);

    private final VaultClient vault;
    private final int limit;
    private final Runnable news;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final LongAdder successes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private int underWay;

    record Answer(Question question, Fetched fetched) {}

    /** @param news is run when there is an answer, on any thread */
    Fetcher(SecretConfig config, Runnable news) {
        this.vault = new VaultClient(config, TrustedCertificates.tls(config.ca()));
        this.limit = Math.max(1, config.maxFetches());
        this.news = news;
    }

    /** Whether one more question may be asked. */
    boolean isFree() {
        return underWay < limit;
    }

    void ask(Question question, VaultAccess.Usable access) {
        underWay++;
        Thread.ofVirtual().name("secret-fetch").start(() -> fetch(question, access));
    }

    private void fetch(Question question, VaultAccess.Usable access) {
        Fetched fetched = new Fetched.Unreachable("gave no answer");
        try {
            fetched = vault.fetch(access, question.source().path());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A defect must cost this question, not all that come later.
            LOG.errorf(e, "asking secrets/%s failed", question.source().manager());
        } finally {
            (fetched instanceof Fetched.Fields ? successes : failures).increment();
            answers.add(new Answer(question, fetched));
            news.run();
        }
    }

    /** An answer that came meanwhile; null when there is none. */
    @Nullable
    Answer next() {
        var answer = answers.poll();
        underWay -= answer == null ? 0 : 1;
        return answer;
    }

    /** Questions that were answered with a secret. */
    long successes() {
        return successes.sum();
    }

    /** Questions that were not. */
    long failures() {
        return failures.sum();
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        vault.close();
    }
}
