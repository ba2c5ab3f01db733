package io.suimon.engine.plugins.limitcount;

import io.suimon.engine.http.HeaderName;

/** One quota with the header fields that tell of it. Immutable. */
record Quota(
        CounterName name, Quantity count, Quantity window, HeaderName limit, HeaderName remaining, HeaderName reset) {

    /** Whether any of it speaks of the request's body. */
    boolean readsBody() {
        return name.readsBody() || count.readsBody() || window.readsBody();
    }

    /** Under the names of the metadata. */
    static Quota of(CounterName name, Quantity count, Quantity window, LimitCountMetadata names) {
        return new Quota(
                name,
                count,
                window,
                HeaderName.of(names.limitHeader()),
                HeaderName.of(names.remainingHeader()),
                HeaderName.of(names.resetHeader()));
    }

    /** Under names of its own. */
    static Quota prefixed(LimitCountConfig.Rule rule, String prefix) {
        return of(
                CounterName.of(rule),
                rule.count(),
                rule.timeWindow(),
                new LimitCountMetadata(
                        "X-" + prefix + "-RateLimit-Limit",
                        "X-" + prefix + "-RateLimit-Remaining",
                        "X-" + prefix + "-RateLimit-Reset"));
    }
}
