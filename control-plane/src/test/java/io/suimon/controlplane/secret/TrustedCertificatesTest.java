package io.suimon.controlplane.secret;

import io.suimon.controlplane.admin.TestCertificates;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrustedCertificatesTest {

    @TempDir
    Path folder;

    @Test
    void secretManagerOfAnOwnAuthorityIsTrustedWhereThatIsSet()
            throws IOException, GeneralSecurityException, InterruptedException {
        var certificates = new TestCertificates(folder).sign("vault");

        try (var vault = new TestVault(certificates.client("vault"))) {
            vault.put("kv/a", "{}");

            assertThat(fetch(vault, Optional.of(certificates.authority()))).isInstanceOf(Fetched.Fields.class);
            assertThat(fetch(vault, Optional.empty()))
                    .isInstanceOfSatisfying(
                            Fetched.Unreachable.class,
                            failed -> assertThat(failed.reason()).startsWith("cannot be trusted: "));
        }
    }

    @Test
    void fileWithoutCertificatesIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("ca.pem"), "");

        assertThatThrownBy(() -> TrustedCertificates.tls(Optional.of(file)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("suimon.secrets.ca: " + file);
    }

    private static Fetched fetch(TestVault vault, Optional<Path> ca) throws InterruptedException {
        try (var client = new VaultClient(TestSettings.of(Map.of()), TrustedCertificates.tls(ca))) {
            return client.fetch(new VaultAccess.Usable(vault.uri(), "kv", TestVault.TOKEN, null), "a");
        }
    }
}
