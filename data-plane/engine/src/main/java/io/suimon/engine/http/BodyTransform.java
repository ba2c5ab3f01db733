package io.suimon.engine.http;

/**
 * Changes a body on its way. One object per body; called on one thread, in order.
 *
 * <p>One that keeps what it has seen until the end bounds what it keeps.
 */
public interface BodyTransform {

    /**
     * The next part.
     *
     * @param part the bytes that arrived; empty is possible; not to be changed or kept
     * @param last whether nothing follows; called so exactly once
     * @return what is sent instead; empty for nothing yet
     */
    byte[] apply(byte[] part, boolean last);

    /** This one, then that. */
    default BodyTransform then(BodyTransform next) {
        return (part, last) -> next.apply(apply(part, last), last);
    }
}
