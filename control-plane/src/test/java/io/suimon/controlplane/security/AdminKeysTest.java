package io.suimon.controlplane.security;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AdminKeysTest {

    private static final AdminKeys KEYS = new AdminKeys(
            List.of(AdminKey.of("boss", Role.ADMIN, "secret-1"), AdminKey.of("eyes", Role.VIEWER, "secret-2")));

    @ParameterizedTest(name = "{0} with {1} -> {2}")
    @CsvSource(
            nullValues = "none",
            value = {
                "PUT, secret-1, 'Granted[keyName=boss, role=ADMIN]'",
                "GET, secret-2, 'Granted[keyName=eyes, role=VIEWER]'",
                "POST, secret-2, 'Denied[description=invalid method for role viewer]'",
                "GET, none, 'Denied[description=missing apikey]'",
                "GET, '', 'Denied[description=wrong apikey]'",
                "GET, secret-3, 'Denied[description=wrong apikey]'",
            })
    void keysOpenWhatTheirRoleAllows(String method, String presented, String access) {
        assertThat(KEYS.check(presented, method)).hasToString(access);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void whereNoKeyIsRequiredAnyoneMayDoAnything(String host) {
        var keys = AdminKeySource.keys(withoutKeys(), host);

        assertThat(List.of(keys.check(null, "PUT"), keys.check("wrong", "GET")))
                .containsOnly(new Access.Granted("anyone", Role.ADMIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void strangersAlwaysNeedAKey(String host) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> AdminKeySource.keys(withoutKeys(), host))
                .withMessage(
                        "suimon.admin.key-required: false (expected: true while suimon.admin.host is " + host + ")");
    }

    private static AccessConfig withoutKeys() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of("suimon.admin.key-required", "false"), "test", 100))
                .withMapping(AccessConfig.class)
                .build()
                .getConfigMapping(AccessConfig.class);
    }

    @Test
    void keysDoNotPrint() {
        assertThat(AdminKey.of("boss", Role.ADMIN, "secret-1").toString()).doesNotContain("secret");
    }

    @Test
    void firstStartMakesAKeyOnlyItsOwnerCanRead(@TempDir Path folder) throws IOException {
        var file = folder.resolve("below/admin.key");

        var first = new KeyFile(file, new SecureRandom()).readOrCreate();
        var second = new KeyFile(file, new SecureRandom()).readOrCreate();

        assertThat(first.created()).isTrue();
        assertThat(first.key()).matches("[A-Za-z]{32,}");
        assertThat(second).isEqualTo(new KeyFile.Content(first.key(), false));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**/.admin*");
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "127.0.0.0/8,   127.255.0.1, true",
        "127.0.0.0/8,   128.0.0.1,   false",
        "10.1.2.0/23,   10.1.3.9,    true",
        "10.1.2.0/23,   10.1.4.0,    false",
        "0.0.0.0/0,     9.9.9.9,     true",
        "0.0.0.0/0,     ::1,         false",
        "::1,           ::1,         true",
        "fd00::/8,      fd12::9,     true",
        "fd00::/8,      fe00::9,     false",
    })
    void blocksHoldTheirAddresses(String block, String address, boolean inside) throws UnknownHostException {
        assertThat(AddressBlock.parse(block).contains(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0/x", "", "1.2.3.4.5/8", "::1/129", "a.b"})
    void whatIsNoBlockIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressBlock.parse(text))
                .withMessageContaining("expected");
    }
}
