package io.suimon.it;

import io.suimon.engine.resource.ResourceKind;
import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of {@code docs/admin-api.md} do what it says. */
class AdminCookbookIT {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void everyCommandSucceeds() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var plane = gateway.startControlPlane(List.of(), Map.of())) {
            plane.awaitReady();
            Files.writeString(
                    Files.createDirectories(folder.resolve(".suimon")).resolve("admin.key"),
                    ControlPlaneSite.ADMIN_KEY);

            var output = run(commands(gateway));

            assertThat(output).contains("\"key\":\"/apisix/routes/1\"", "\"deleted\":\"1\"", "X-Suimon-Applied: 0/0");
            assertThat(folder.resolve("openapi.json")).content().startsWith("{\"openapi\":\"3.1.0\"");
        }
    }

    @Test
    void everyKindIsInTheCookbook() throws IOException {
        var commands = commands();

        assertThat(Arrays.stream(ResourceKind.values()).map(ResourceKind::directory))
                .allSatisfy(directory -> assertThat(commands).contains("/" + directory));
    }

    @Test
    void theApiIsServedOverTlsWhereACertificateIsSet() throws Exception {
        run("openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.pem -days 1 -subj /CN=test"
                + " -addext subjectAltName=IP:127.0.0.1");
        var gateway = new Gateway(Checkout.ROOT, folder);
        var settings = Map.of(
                "SUIMON_ADMIN_TLS_CERTIFICATE", folder.resolve("tls.pem").toString(),
                "SUIMON_ADMIN_TLS_KEY", folder.resolve("tls.key").toString());
        try (var plane = gateway.startControlPlane(List.of(), settings)) {
            plane.awaitReady();

            var output = run("curl -sS --cacert tls.pem -H 'X-API-KEY: " + ControlPlaneSite.ADMIN_KEY
                    + "' https://127.0.0.1:" + gateway.adminPort() + "/apisix/admin/routes");

            assertThat(output).contains("{\"total\":0,\"list\":[]}");
        }
    }

    private static String commands(Gateway gateway) throws IOException {
        return commands()
                .replace("127.0.0.1:9180", "127.0.0.1:" + gateway.adminPort())
                .replace("127.0.0.1:9181", "127.0.0.1:" + gateway.managementPort());
    }

    private static String commands() throws IOException {
        var page = Files.readString(Checkout.ROOT.resolve("docs/admin-api.md"));
        return BLOCK.matcher(page).results().map(block -> block.group(1)).collect(Collectors.joining());
    }

    private String run(String script) throws IOException, InterruptedException {
        var output = folder.resolve("output.txt");
        var process = new ProcessBuilder("bash", "-euxo", "pipefail", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        var printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
