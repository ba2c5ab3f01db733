package io.suimon.dataplane.discovery;

import java.util.concurrent.atomic.LongAdder;

/** What is counted about services. Any thread. */
final class DiscoveryCounts {

    final LongAdder changes = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder leftOut = new LongAdder();
    final LongAdder unanswered = new LongAdder();
}
