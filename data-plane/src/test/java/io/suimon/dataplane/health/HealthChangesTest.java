package io.suimon.dataplane.health;

import io.suimon.engine.health.HealthEvent;
import io.suimon.engine.health.HealthRules;
import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HealthChangesTest {

    private static final ResourceKey KEY = new ResourceKey(ResourceKind.UPSTREAM, "1");
    private static final HealthRules RULES =
            new HealthRules(new HealthCheck.Thresholds(Set.of(200), 1, Set.of(500), 1, 1, 1));

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a monotonic clock may wrap around
    private final HealthChanges changes = new HealthChanges(now::get);

    @Test
    void aNodeThatFlapsIsLoggedOnceInAWhileAndCountedEachTime() {
        var node = new Watched(new Watched.Address("127.0.0.1", 80));

        long logged = IntStream.range(0, 100).filter(i -> flip(node, i)).count();

        assertThat(logged).isEqualTo(1);
        assertThat(changes.toUnhealthy()).isEqualTo(50);
        assertThat(changes.toHealthy()).isEqualTo(50);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(flip(node, 0)).isTrue();
    }

    @Test
    void allNodesTogetherAreLoggedAsOftenAsOneCanRead() {
        long logged = IntStream.range(0, 10_000)
                .filter(i -> flip(new Watched(new Watched.Address("127.0.0.1", i)), 0))
                .count();

        assertThat(logged).isEqualTo(HealthChanges.MAX_LINES);
        assertThat(changes.toUnhealthy()).isEqualTo(10_000);
    }

    private boolean flip(Watched node, int i) {
        node.health().report(i % 2 == 0 ? HealthEvent.TCP_FAILURE : HealthEvent.SUCCESS, RULES);
        return changes.changed(KEY, node);
    }
}
