package io.suimon.controlplane.security;

import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.plugin.PluginCatalog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoredSecretsTest {

    private static final String LOST = "MDEyMzQ1Njc4OWFiY2RlZg==";

    /** Held here: a logger nobody holds may be forgotten with its handlers. */
    private final Logger logger = Logger.getLogger(StoredSecrets.class.getName());

    private final Lines lines = new Lines();
    private final StoredSecrets secrets =
            new StoredSecrets(new FieldEncryption(new Keyring(List.of()), true, PluginCatalog.load()));

    private static final class Lines extends Handler {

        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            texts.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(lines);
    }

    @Test
    void secretsArePlainAndTheRestIsAsItWas() {
        var stored = consumer("jack", "sGfoff/k5TVaPiyGca5e5w==");

        var plain = secrets.apply(stored);

        assertThat(plain).isEqualTo(consumer("jack", "k1"));
        assertThat(secrets.apply(stored)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "consumers/           ; init_dir",
                "gen_id               ; 1",
                "plugins              ; [{\"name\":\"key-auth\"}]",
                "consumers/jack       ; no JSON",
                "consumers/jack       ; [\"sGfoff/k5TVaPiyGca5e5w==\"]",
                "consumers/jack       ; { \"plugins\" : {\"key-auth\":{\"key\":\"plain\"}}, \"weight\" : 1.50 }",
                "routes/1             ; {\"uri\":\"sGfoff/k5TVaPiyGca5e5w==\"}",
            })
    void whatHoldsNoSecretStaysTheEntryItIs(String path, String value) {
        var stored = new StoredEntry(path, 1, 2, value.getBytes(StandardCharsets.UTF_8));

        assertThat(secrets.apply(stored)).isSameAs(stored);
    }

    @Test
    void saysWhichSecretCannotBeDecryptedButNotWhatItIs() {
        var stored = consumer("jack", LOST);

        assertThat(secrets.apply(stored)).isSameAs(stored);

        assertThat(lines.texts)
                .containsExactly("consumers/jack@2: no key of suimon.encryption.keyring decrypts plugins.key-auth.key,"
                        + " used as stored (no. 1 since the start)");
    }

    @Test
    void linesGetRarerAsTheyGetMore() {
        for (int i = 0; i < 1000; i++) {
            secrets.apply(consumer("c" + i, LOST));
        }

        assertThat(lines.texts).hasSize(25).last().asString().contains("(no. 512 since the start)");
    }

    @Test
    void referencesAndTextsThatWereNeverEncryptedAreNothingToComplainOf() {
        secrets.apply(consumer("jack", "$secret://vault/1/jack/key"));
        secrets.apply(consumer("jim", "written-before-encryption"));

        assertThat(lines.texts).isEmpty();
    }

    private static StoredEntry consumer(String name, String key) {
        var json = "{\"username\":\"" + name + "\",\"plugins\":{\"key-auth\":{\"key\":\"" + key + "\"}}}";
        return new StoredEntry("consumers/" + name, 1, 2, json.getBytes(StandardCharsets.UTF_8));
    }
}
