package io.suimon.engine.plugin;

import io.suimon.engine.http.Exchange;

/**
 * A plugin bound to one configuration.
 *
 * <p>Shared by all event loops, so it holds nothing that changes but what it shares on purpose. Called on an event loop: it never
 * blocks, and waits by {@link Decision.Suspend}. Only the methods of its plugin's {@link Plugin#phases()} are called.
 */
@FunctionalInterface
public interface Filter {

    /** Handles a request, in whichever request phases the plugin has. */
    Decision onRequest(Exchange exchange);

    /** Whether it looks at the request's body, which then has to be read first. */
    default boolean readsBody() {
        return false;
    }

    /** {@link Phase#REWRITE}. */
    default Decision onRewrite(Exchange exchange) {
        return onRequest(exchange);
    }

    /** {@link Phase#ACCESS}. */
    default Decision onAccess(Exchange exchange) {
        return onRequest(exchange);
    }

    /** {@link Phase#BEFORE_PROXY}. */
    default Decision onBeforeProxy(Exchange exchange) {
        return onRequest(exchange);
    }

    /** {@link Phase#RESPONSE}: may edit the head, and send the body through a transform. */
    default void onResponse(Exchange exchange) {}

    /** {@link Phase#LOG}: reads. */
    default void onLog(Exchange exchange) {}
}
