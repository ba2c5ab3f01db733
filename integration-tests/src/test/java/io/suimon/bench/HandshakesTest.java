package io.suimon.bench;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.suimon.bench.load.Door;
import io.suimon.bench.load.FailedLoadException;
import io.suimon.bench.load.Handshakes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against a server of the JDK that has the certificate of the proxies. */
class HandshakesTest {

    private static final char[] NO_PASSWORD = new char[0];

    @TempDir
    Path folder;

    private HttpsServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setHttpsConfigurator(new HttpsConfigurator(tls()) {
            @Override
            public void configure(HttpsParameters parameters) {
                var offered = getSSLContext().getDefaultSSLParameters();
                offered.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
                parameters.setSSLParameters(offered);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/there") ? 200 : 404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void eachRequestHasAConnectionOfItsOwn() {
        var answered = new Handshakes(2, "/there").run(door(), 4);

        assertThat(answered.count()).isGreaterThan(2);
    }

    @Test
    void anythingButSuccessIsAFailure() {
        assertThatThrownBy(() -> new Handshakes(2, "/elsewhere").run(door(), 4))
                .isInstanceOf(FailedLoadException.class)
                .hasMessageContaining("HTTP/1.1 404");
    }

    private Door door() {
        return new Door(0, server.getAddress().getPort(), folder);
    }

    private SSLContext tls() throws Exception {
        var made = io.suimon.bench.Certificate.in(folder);
        var pem = Files.readString(made.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
        var key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        try (var chain = Files.newInputStream(made.chain())) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(chain);
            store.setKeyEntry("bench", key, NO_PASSWORD, new Certificate[] {certificate});
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
