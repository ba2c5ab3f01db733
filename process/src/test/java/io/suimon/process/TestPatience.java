package io.suimon.process;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long tests wait for what they do not measure: so long that it does not matter how busy a machine is. Found by JUnit for every
 * class, in which Awaitility waits so long, too.
 */
public final class TestPatience implements BeforeAllCallback {

    public static final int SECONDS = 30;
    public static final int MILLIS = SECONDS * 1_000;
    public static final Duration LONG = Duration.ofSeconds(SECONDS);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LONG);
    }
}
