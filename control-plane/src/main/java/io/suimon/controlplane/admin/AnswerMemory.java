package io.suimon.controlplane.admin;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds how many bytes of answers lie in memory until their clients have taken them. Thread-safe. */
final class AnswerMemory {

    /** Answers up to this size count for nothing: requests are bounded in number, and these fit into the system's buffers. */
    static final int SMALL = 64 << 10;

    private final long limit;
    private final AtomicLong reserved = new AtomicLong();

    AnswerMemory(long limit) {
        this.limit = limit;
    }

    /**
     * Takes room for an answer; what is returned must be given back.
     *
     * @return the answer, or a refusal when there is no room
     */
    AdminAnswer admitted(AdminAnswer answer) {
        int size = answer.body().length;
        if (size <= SMALL) {
            return answer;
        }
        if (reserved.addAndGet(size) <= limit) {
            return answer;
        }
        reserved.addAndGet(-size);
        return AdminAnswer.error(
                503,
                "an answer of " + size + " bytes has no room beside those that clients have not taken yet (limit "
                        + limit + "): ask for pages");
    }

    /** Gives back the room of an answer that was admitted and is over. */
    void over(AdminAnswer answer) {
        int size = answer.body().length;
        if (size > SMALL) {
            reserved.addAndGet(-size);
        }
    }
}
