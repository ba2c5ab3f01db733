package io.suimon.engine.plugin;

/** What a decision comes to once all that it waits for is there. */
public final class AwaitedDecision {

    private AwaitedDecision() {}

    /** Waits; one that waits for a body is left as it is. */
    public static Decision of(Decision decision) {
        return switch (decision) {
            case Decision.Suspend suspend ->
                of(suspend.decision().toCompletableFuture().join());
            case Decision.Resume resume -> of(resume.decision().get());
            case Decision.ReadBody read -> read;
            case Decision.Proceed proceed -> proceed;
            case Decision.Reply reply -> reply;
        };
    }
}
