package io.suimon.dataplane;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DataPlaneTest {

    @Test
    void settingThatCannotBeReadIsNamedWithoutTheException() {
        var unreadable = new ConfigValidationException(
                new Problem[] {new Problem("java.lang.IllegalArgumentException: suimon.traffic.port is no number")});

        var line = DataPlane.explain(unreadable);

        assertThat(line).contains("suimon.traffic.port is no number");
    }
}
