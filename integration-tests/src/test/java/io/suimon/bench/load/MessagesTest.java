package io.suimon.bench.load;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessagesTest {

    @Test
    void messagesComeBackAndAreCounted() {
        try (var origin = OwnOrigin.echo()) {
            var answered = new Messages(3, 64).run(new Door(origin.port(), 0, Path.of("")), 3);

            assertThat(answered.count()).isGreaterThan(3);
            assertThat(answered.p99Micros()).isGreaterThanOrEqualTo(answered.p50Micros());
        }
    }

    @Test
    void whoDoesNotSwitchProtocolsFails() {
        try (var origin = new io.suimon.harness.Origin("plain")) {
            var door = new Door(origin.port(), 0, Path.of(""));

            assertThatThrownBy(() -> new Messages(3, 64).run(door, 3))
                    .isInstanceOf(FailedLoadException.class)
                    .hasMessageContaining("200");
        }
    }
}
