package io.suimon.controlplane;

import io.suimon.controlplane.mirror.Mirror;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready is who has read the store once, may serve what they read and can judge changes to it; a store that is gone since does not
 * change that.
 */
@Readiness
@Singleton
final class ConfigurationHealth implements HealthCheck {

    private final Mirror mirror;
    private final Preparation preparation;

    ConfigurationHealth(Mirror mirror, Preparation preparation) {
        this.mirror = mirror;
        this.preparation = preparation;
    }

    @Override
    public HealthCheckResponse call() {
        var revision = mirror.view().revision();
        var alarm = mirror.alarm();
        var response = HealthCheckResponse.named("configuration")
                .status(revision > 0 && preparation.isOver() && alarm.isEmpty())
                .withData("revision", revision)
                .withData("prepared", preparation.isOver());
        alarm.ifPresent(reason -> response.withData("alarm", reason));
        mirror.stale().ifPresent(reason -> response.withData("stale", reason));
        return response.build();
    }
}
