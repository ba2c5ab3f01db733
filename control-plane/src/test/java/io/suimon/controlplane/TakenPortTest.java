package io.suimon.controlplane;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.BindException;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TakenPortTest {

    private static final Config CONFIG = new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(
                    Map.of("suimon.admin.port", "9180", "suimon.management.port", "9181"), "test", 100))
            .build();

    private final TakenPort taken = new TakenPort(() -> CONFIG);

    @Test
    void aPortThatQuarkusCannotBindIsTheOneOfTheManagement() {
        var line = taken.explain(new BindException("Address already in use"));

        assertThat(line)
                .contains("suimon.management.port: 9181 cannot be bound (expected: a free port of this machine)");
    }

    @Test
    void otherCausesNeedNoConfiguration() {
        var withoutConfig = new TakenPort(() -> {
            throw new IllegalStateException("there is no configuration");
        });

        var line = withoutConfig.explain(new IOException("disk full"));

        assertThat(line).isEmpty();
    }
}
