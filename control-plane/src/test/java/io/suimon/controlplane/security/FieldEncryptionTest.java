package io.suimon.controlplane.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FieldEncryptionTest {

    private static final String SEALED = "sGfoff/k5TVaPiyGca5e5w==";

    private static final String PLUGINS =
            "{\"plugins\":{\"secretive\":{\"auth\":{\"header\":{\"X\":\"k1\"},\"other\":\"k1\"},"
                    + "\"brokers\":[{\"password\":\"k1\"},{\"password\":\"k1\"}],\"fallbacks\":[\"k1\"]},\"unknown\":{\"key\":\"k1\"}}}";

    private static final String SEALED_PLUGINS = PLUGINS.replace("\"X\":\"k1\"", "\"X\":\"" + SEALED + "\"")
            .replace("\"password\":\"k1\"", "\"password\":\"" + SEALED + "\"")
            .replace("[\"k1\"]", "[\"" + SEALED + "\"]");

    private final FieldEncryption encryption = new FieldEncryption(
            new Keyring(List.of(AesKey.of("qeddd145sfvddff3").orElseThrow())),
            true,
            PluginCatalog.of(List.of(new SecretivePlugin())));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes/1",
                "services/1",
                "consumers/jack",
                "consumers/jack/credentials/c1",
                "consumer_groups/1",
                "plugin_configs/1",
                "global_rules/1",
            })
    void secretFieldsOfPluginsAreEncryptedWhereverPluginsStand(String path) {
        var sealed = encryption.sealed(key(path), object(PLUGINS));

        assertThat(sealed).hasToString(SEALED_PLUGINS);
        assertThat(encryption.readable(key(path), sealed)).hasToString(PLUGINS);
        assertThat(encryption.opened(key(path), sealed).resource()).hasToString(PLUGINS);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "plugin_metadata/secretive ; {\"master\":\"k1\",\"key\":\"k1\"} ; {\"master\":\"SEALED\",\"key\":\"k1\"}",
                "plugin_metadata/unknown   ; {\"master\":\"k1\"}                ; {\"master\":\"k1\"}",
                "secrets/vault/1           ; {\"token\":\"k1\"}                 ; {\"token\":\"k1\"}",
                "routes/1                  ; {\"plugins\":[]}                   ; {\"plugins\":[]}",
                "routes/1                  ; {\"plugins\":{\"secretive\":7}}    ; {\"plugins\":{\"secretive\":7}}",
                "ssls/1                    ; {\"key\":\"k1\"}                   ; {\"key\":\"k1\"}",
                "upstreams/1               ; {\"tls\":{\"client_key\":\"k1\"}}  ; {\"tls\":{\"client_key\":\"k1\"}}",
            })
    void othersAreNot(String path, String plain, String sealed) {
        assertThat(encryption.sealed(key(path), object(plain))).hasToString(sealed.replace("SEALED", SEALED));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ssls/1          ; {\"key\":\"---a\",\"keys\":[\"---a\",\"$ENV://K\"]}",
                "upstreams/1     ; {\"tls\":{\"client_key\":\"---a\"}}",
                "routes/1        ; {\"upstream\":{\"tls\":{\"client_key\":\"---a\"}}}",
                "services/1      ; {\"upstream\":{\"tls\":{\"client_key\":\"---a\"}}}",
                "stream_routes/1 ; {\"upstream\":{\"tls\":{\"client_key\":\"---a\"}}}",
            })
    void privateKeysAreEncryptedAndPeopleAreNotShownThem(String path, String plain) {
        var sealed = encryption.sealed(key(path), object(plain));

        assertThat(sealed.toString()).doesNotContain("---a");
        assertThat(encryption.sealed(key(path), sealed)).isEqualTo(sealed);
        assertThat(encryption.readable(key(path), sealed)).isEqualTo(sealed);
        assertThat(encryption.written(key(path), sealed)).hasToString(plain);
        assertThat(encryption.opened(key(path), sealed).resource()).hasToString(plain);
    }

    @Test
    void whatNoKeyFitsStaysAndIsNamed() {
        var stored = object("{\"plugins\":{\"secretive\":{\"fallbacks\":[\"MDEyMzQ1Njc4OWFiY2RlZg==\"]}}}");

        var opened = encryption.opened(key("routes/1"), stored);

        assertThat(opened.resource()).isEqualTo(stored);
        assertThat(opened.changed()).isFalse();
        assertThat(opened.unreadable()).containsExactly("plugins.secretive.fallbacks");
    }

    @Test
    void argumentsAreNotChanged() {
        var plain = object(PLUGINS);
        var sealed = object(SEALED_PLUGINS);

        encryption.sealed(key("routes/1"), plain);
        encryption.opened(key("routes/1"), sealed);
        encryption.readable(key("routes/1"), sealed);

        assertThat(plain).hasToString(PLUGINS);
        assertThat(sealed).hasToString(SEALED_PLUGINS);
    }

    private static ResourceKey key(String path) {
        return ResourceKey.ofPath(path).orElseThrow();
    }

    private static ObjectNode object(String json) {
        return Json.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
