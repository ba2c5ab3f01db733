package io.suimon.controlplane.admission;

import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.security.EncryptionConfig;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.controlplane.security.KeyringSource;
import io.suimon.controlplane.security.StoredSecrets;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.plugin.AuthPlugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.Parsed;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each plugin that APISIX looks for duplicates of, with its property. */
class UniquenessCheckTest {

    private static final String PLUGINS = """
            key-auth,           key
            basic-auth,         username
            jwt-auth,           key
            hmac-auth,          key_id
            ldap-auth,          user_dn
            ldap-auth-advanced, user_dn
            """;

    /** As it stands in JSON. */
    private static final String VALUE = "cn=jack,ou=\\u00e9,dc=a\\/b";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = PLUGINS)
    void nobodyElseMayHaveTheSame(String plugin, String property) {
        var scene = new Scene(plugin, property).with("consumers/jack", VALUE).with("consumers/ann/credentials/c", "b");

        assertThat(scene.refusal("consumers/jim", VALUE))
                .contains("duplicate " + property + " of plugin " + plugin + " found with consumer: jack");
        assertThat(scene.refusal("consumers/jack/credentials/own", VALUE))
                .contains("duplicate " + property + " of plugin " + plugin + " found with consumer: jack");
        assertThat(scene.refusal("consumers/jim", "b"))
                .contains("duplicate " + property + " of plugin " + plugin
                        + " found with credential: c of consumer: ann");
        assertThat(scene.refusal("consumers/ann/credentials/sibling", "b"))
                .contains("duplicate " + property + " of plugin " + plugin
                        + " found with credential: c of consumer: ann");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = PLUGINS)
    void oneselfAndOthersMay(String plugin, String property) {
        var scene = new Scene(plugin, property).with("consumers/jack", VALUE).with("consumers/ann/credentials/c", "b");

        assertThat(scene.refusal("consumers/jack", VALUE)).isEmpty();
        assertThat(scene.refusal("consumers/ann/credentials/c", "b")).isEmpty();
        assertThat(scene.refusal("consumers/jim", "another")).isEmpty();
        assertThat(scene.refusalOf("other-auth", "consumers/jim", VALUE)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = PLUGINS)
    void aPluginThatIsBuiltSaysWhatTheTableSays(String plugin, String property) {
        var built = PluginCatalog.load().find(plugin).map(entry -> ((AuthPlugin<?, ?>) entry.plugin()).keyProperty());

        assertThat(built.orElse(property)).isEqualTo(property);
    }

    /** Consumers and credentials of one plugin, stored with all it has encrypted. */
    private static final class Scene {

        private final ResourceParser parser = new ResourceParser();
        private final String plugin;
        private final String property;
        private final PluginCatalog catalog;
        private final FieldEncryption encryption;
        private EntryTree entries = EntryTree.empty();

        Scene(String plugin, String property) {
            this.plugin = plugin;
            this.property = property;
            this.catalog = PluginCatalog.of(
                    List.of(new FutureAuthPlugin(plugin, property), new FutureAuthPlugin("other-auth", property)));
            this.encryption = new FieldEncryption(KeyringSource.keyring(keyring()), true, catalog);
        }

        private static EncryptionConfig keyring() {
            return new EncryptionConfig() {
                @Override
                public boolean enabled() {
                    return true;
                }

                @Override
                public Optional<List<String>> keyring() {
                    return Optional.of(List.of("a-key-of-16-byte"));
                }

                @Override
                public Optional<java.nio.file.Path> keyringFile() {
                    return Optional.empty();
                }
            };
        }

        Scene with(String path, String value) {
            var key = ResourceKey.ofPath(path).orElseThrow();
            var stored = encryption.sealed(
                    key, Json.object(json(plugin, path, value)).orElseThrow());
            assertThat(stored.toString()).doesNotContain("\"" + property + "\":\"" + value + "\"");
            var opened = new StoredSecrets(encryption).apply(new StoredEntry(path, 1, 1, Json.bytes(stored)));
            entries = entries.with(opened);
            return this;
        }

        Optional<String> refusal(String path, String value) {
            return refusalOf(plugin, path, value);
        }

        Optional<String> refusalOf(String name, String path, String value) {
            var json = json(name, path, value);
            var parsed = parser.parse(ResourceKey.ofPath(path).orElseThrow(), json);
            var candidate = new Candidate(((Parsed.Accepted) parsed).resource(), json);
            return new UniquenessCheck(catalog)
                    .review(candidate, new StoredObjects(new PlainView(1, entries)))
                    .map(Verdict.Refused::message);
        }

        private byte[] json(String name, String path, String value) {
            var user = path.contains("credentials") ? "" : "\"username\":\"" + path.substring(10) + "\",";
            return ("{" + user + "\"plugins\":{\"" + name + "\":{\"" + property + "\":\"" + value + "\"}}}")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
