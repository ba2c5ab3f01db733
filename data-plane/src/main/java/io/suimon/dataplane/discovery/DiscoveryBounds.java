package io.suimon.dataplane.discovery;

import io.suimon.process.InvalidSettingException;

/** What settings of service discovery must be. */
final class DiscoveryBounds {

    private static final int MAX_ENDPOINTS = 100_000;
    private static final int MAX_SERVICES = 1_000_000;

    private DiscoveryBounds() {}

    /** @throws InvalidSettingException naming the first that is not */
    static void check(DiscoveryConfig config) {
        require(!config.patience().isNegative(), "patience", config.patience(), "0 or more");
        require(config.maxWaiting() >= 0, "max-waiting", config.maxWaiting(), "0 or more");
        within("max-services", config.maxServices(), MAX_SERVICES);
        within("max-endpoints", config.maxEndpoints(), MAX_ENDPOINTS);
        require(!config.forgetAfter().isNegative(), "forget-after", config.forgetAfter(), "0 or more");
    }

    private static void within(String setting, int value, int most) {
        require(value >= 1 && value <= most, setting, value, "1.." + most);
    }

    private static void require(boolean met, String setting, Object value, String expected) {
        if (!met) {
            throw new InvalidSettingException("suimon.discovery." + setting, value, expected);
        }
    }
}
