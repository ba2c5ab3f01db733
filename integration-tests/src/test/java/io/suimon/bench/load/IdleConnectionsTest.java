package io.suimon.bench.load;

import io.suimon.harness.Origin;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class IdleConnectionsTest {

    @Test
    void allAreThereWhenTheyAreOpen() {
        try (var origin = new Origin("origin");
                var idle = IdleConnections.open(120, door(origin), "/")) {
            assertThatCode(idle::demandAll).doesNotThrowAnyException();
        }
    }

    @Test
    void onesThatWereNotHeldAreAFailure() {
        var origin = new Origin("origin");
        try (var idle = IdleConnections.open(120, door(origin), "/")) {
            origin.close();

            await().untilAsserted(() -> assertThatThrownBy(idle::demandAll)
                    .isInstanceOf(FailedLoadException.class)
                    .hasMessageContaining("of 120 idle connections were not held: the proxy closed it"));
        }
    }

    private static Door door(Origin origin) {
        return new Door(origin.port(), 0, Path.of(""));
    }
}
