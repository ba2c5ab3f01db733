package io.suimon.dataplane.upstream;

import io.suimon.engine.resource.Timeouts;

/** When an endpoint has taken too long over what it is to do next. One per connection; touched on its event loop only. */
final class Due extends LoopTimer.Waiting {

    private final LoopTimer clock;
    private final boolean bothWays;
    private final Runnable overdue;
    private long deadline;
    private long readNanos;
    private long sendNanos;

    /**
     * @param bothWays whether an answer may come before the request is complete, so that silence on both sides is the endpoint's, too
     * @param overdue run at each tick while something is
     */
    Due(LoopTimer clock, boolean bothWays, Runnable overdue) {
        this.clock = clock;
        this.bothWays = bothWays;
        this.overdue = overdue;
    }

    /** Begins to look at the time. */
    void start() {
        clock.add(this);
    }

    void stop() {
        clock.remove(this);
    }

    /** How long the next exchange waits for what. */
    void take(Timeouts timeouts) {
        readNanos = timeouts.read().toNanos();
        sendNanos = timeouts.send().toNanos();
    }

    /** How long a response, or the next part of it, may take. */
    long readNanos() {
        return readNanos;
    }

    /** Something else is due. */
    void in(long nanos) {
        set(clock.deadline(nanos));
    }

    private void set(long time) {
        deadline = time;
        clock.wake(this, time);
    }

    /** What was written is to be taken. */
    void taking() {
        set(clock.deadline(sendNanos));
    }

    /** A response is due, or more of it. */
    void response() {
        set(clock.deadline(readNanos));
    }

    void nothing() {
        deadline = 0;
    }

    /** The client is to send more of the request. */
    void answerBeforeEnd() {
        if (bothWays) {
            response();
        } else {
            nothing();
        }
    }

    /** Nobody reads what the endpoint sends, or somebody does again. */
    void paused(boolean pause) {
        if (pause) {
            nothing();
        } else {
            response();
        }
    }

    /** Something came: if anything was due, the next part is now. */
    void heard() {
        if (deadline != 0) {
            set(clock.deadline(readNanos));
        }
    }

    @Override
    protected long tick(long now) {
        if (deadline == 0) {
            return LoopTimer.NEVER;
        }
        if (now >= deadline) {
            overdue.run();
        }
        return deadline;
    }
}
