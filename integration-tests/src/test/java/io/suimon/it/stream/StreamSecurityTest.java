package io.suimon.it.stream;

import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.controlplane.stream.StreamServer;
import io.suimon.harness.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Who may be part of it: by certificate, by join token, or because he is on the same machine. */
class StreamSecurityTest {

    private static final String STREAM = "suimon.stream.";
    private static final String SYNC = "suimon.control-plane.";

    @TempDir
    Path folder;

    private final StreamLab lab = new StreamLab();

    @BeforeEach
    void makeCertificates() throws IOException {
        Files.writeString(folder.resolve("san"), "subjectAltName=IP:127.0.0.1\n");
        authority("ca");
        authority("stranger");
        signed("plane", "ca");
        signed("node", "ca");
        signed("strange", "stranger");
    }

    private void authority(String name) {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" + name + " -keyout "
                + file(name + ".key") + " -out " + file(name + ".pem"));
    }

    private void signed(String name, String by) {
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name + " -keyout "
                + file(name + ".key") + " -out " + file(name + ".csr"));
        openssl("x509 -req -days 2 -in " + file(name + ".csr") + " -CA " + file(by + ".pem") + " -CAkey "
                + file(by + ".key") + " -CAcreateserial -extfile " + file("san") + " -out " + file(name + ".pem"));
    }

    private static void openssl(String arguments) {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        Commands.output(command);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @AfterEach
    void closeEverything() {
        lab.close();
    }

    @ParameterizedTest(name = "tls {0}, token {1}, client CA {2}: {3}")
    @CsvSource({
        "false, false, false, 'suimon.stream.host: 0.0.0.0 in plain text (expected: a loopback address, or'",
        "false, true,  false, 'suimon.stream.host: 0.0.0.0 in plain text (expected: a loopback address, or'",
        "true,  false, false, 'suimon.stream.host: 0.0.0.0 open to any node (expected: suimon.stream.join-token or'",
        "true,  true,  false, ''",
        "true,  false, true,  ''",
    })
    void controlPlaneThatOthersReachNeedsTlsAndToKnowItsNodes(
            boolean tls, boolean token, boolean clientCa, String refusal) throws IOException {
        var settings = new HashMap<>(Map.of(STREAM + "port", "0", STREAM + "host", "0.0.0.0"));
        if (tls) {
            settings.putAll(serverTls(clientCa));
        }
        if (token) {
            settings.put(STREAM + "join-token", "open-sesame");
        }
        var server = lab.with(new StreamServer(
                Settings.of(StreamConfig.class, settings), lab.mirror, lab.mirror::listen, lab.registry, lab.counters));

        if (refusal.isEmpty()) {
            server.start();
            assertThat(server.port()).isPositive();
        } else {
            assertThatThrownBy(server::start).isInstanceOf(IOException.class).hasMessageStartingWith(refusal);
        }
    }

    @Test
    void nodeDoesNotSpeakPlainTextToAnotherMachine() {
        assertThatThrownBy(() -> lab.node("n", 1, Map.of(SYNC + "addresses", "127.0.0.1:1,192.0.2.1:9280")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "suimon.control-plane.addresses: 192.0.2.1:9280 in plain text (expected: a loopback address,"
                                + " or suimon.control-plane.tls.ca)");
    }

    @Test
    void nodeWithACertificateIsLetInAndOthersAreNot() throws IOException {
        var port = lab.server(serverTls(true)).port();

        var known = lab.node("known", port, nodeTls("ca", "node"));
        var bare = lab.node("bare", port, Map.of(SYNC + "tls.ca", file("ca.pem")));
        var strange = lab.node("strange", port, nodeTls("ca", "strange"));
        var plain = lab.node("plain", port, Map.of());

        lab.awaitSame(known);
        for (var refused : List.of(bare, strange, plain)) {
            await().until(() -> refused.counters().failures() > 1);
            assertThat(refused.counters().connects()).isZero();
        }
        assertThat(lab.registry.size()).isEqualTo(1);
    }

    @Test
    void nodeDoesNotTrustAControlPlaneOfOthers() throws IOException {
        var port = lab.server(serverTls(false)).port();

        var node = lab.node("n", port, Map.of(SYNC + "tls.ca", file("stranger.pem")));

        await().until(() -> node.counters().failures() > 1);
        assertThat(node.counters().connects()).isZero();
    }

    @Test
    void tokenLetsInOverTls() throws IOException {
        var settings = new HashMap<>(serverTls(false));
        settings.put(STREAM + "join-token", "open-sesame");
        var port = lab.server(settings).port();

        var friend =
                lab.node("friend", port, Map.of(SYNC + "tls.ca", file("ca.pem"), SYNC + "join-token", "open-sesame"));
        var stranger = lab.node("stranger", port, Map.of(SYNC + "tls.ca", file("ca.pem")));

        lab.awaitSame(friend);
        await().until(() -> stranger.counters().failures() > 1);
        assertThat(lab.registry.size()).isEqualTo(1);
        assertThat(lab.counters.refusals()).isPositive();
    }

    private Map<String, String> serverTls(boolean clientCa) {
        var settings = new HashMap<>(
                Map.of(STREAM + "tls.certificate", file("plane.pem"), STREAM + "tls.key", file("plane.key")));
        if (clientCa) {
            settings.put(STREAM + "tls.client-ca", file("ca.pem"));
        }
        return settings;
    }

    private Map<String, String> nodeTls(String ca, String name) {
        return Map.of(
                SYNC + "tls.ca", file(ca + ".pem"),
                SYNC + "tls.certificate", file(name + ".pem"),
                SYNC + "tls.key", file(name + ".key"));
    }
}
