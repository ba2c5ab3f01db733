package io.suimon.controlplane.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VaultAccessTest {

    private static final Environment ENVIRONMENT = new Environment(Map.of("VAULT_TOKEN", "t"), Optional.empty());

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "http://h:8200,   kv/apisix,      jack,     http://h:8200/v1/kv/apisix/jack",
        "http://h:8200/,  /kv/data/a/,    a/b,      http://h:8200/v1/kv/data/a/a/b",
        "https://[::1]:1, kv,             'a b?#%', https://[::1]:1/v1/kv/a%20b%3F%23%25",
        "https://h/base,  kv,             x,        https://h/base/v1/kv/x",
    })
    void pathsAreBelowThePrefix(String uri, String prefix, String path, String expected) throws URISyntaxException {
        var access = (VaultAccess.Usable) of(uri, prefix, "t");

        assertThat(access.uri(path)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../sys/seal", "a/./b", ".."})
    void pathsThatLeadElsewhereAreNone(String path) {
        var access = (VaultAccess.Usable) of("http://h", "kv", "t");

        assertThatThrownBy(() -> access.uri(path)).isInstanceOf(URISyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://h", "http://", "http://h?x", "http://h/#x", "http://u:p@h", "x"})
    void onlyHttpIsAsked(String uri) {
        assertThat(of(uri, "kv", "t"))
                .isEqualTo(new VaultAccess.Unusable(
                        "has no uri that can be asked (expected: http or https with a host, without a query)"));
    }

    @Test
    void tokenMayComeFromTheEnvironment() {
        assertThat(of("http://h", "kv", "$ENV://VAULT_TOKEN"))
                .isEqualTo(new VaultAccess.Usable("http://h", "kv", "t", null));
        assertThat(of("http://h", "kv", "$env://NOPE"))
                .isEqualTo(new VaultAccess.Unusable("has no token: environment variable NOPE is not set"));
    }

    @Test
    void tokenThatFitsNoHeaderIsNotSent() {
        assertThat(of("http://h", "kv", "a\\nb"))
                .isEqualTo(new VaultAccess.Unusable("has no token that fits a header"));
    }

    @Test
    void tokenNeverPrints() {
        assertThat(of("http://h", "kv", "hidden").toString()).doesNotContain("hidden");
    }

    private static VaultAccess of(String uri, String prefix, String token) {
        return VaultAccess.of(settings(uri, prefix, token), ENVIRONMENT);
    }

    private static ObjectNode settings(String uri, String prefix, String token) {
        var json = "{\"uri\":\"%s\",\"prefix\":\"%s\",\"token\":\"%s\"}".formatted(uri, prefix, token);
        return Json.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
