package io.suimon.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Clients over TLS, by the JDK: HTTP/1.1, HTTP/2, gRPC by hand, uploads and WebSockets. */
final class EncryptedVisits {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] UPLOAD = new byte[1 << 20];
    private static final byte[] MESSAGE = new byte[1029];

    static {
        Arrays.fill(MESSAGE, 5, MESSAGE.length, (byte) 'x');
        ByteBuffer.wrap(MESSAGE).put((byte) 0).putInt(MESSAGE.length - 5);
    }

    private final SSLContext trust;
    private final String authority;

    /** @param certificate PEM; the one that is trusted */
    EncryptedVisits(byte[] certificate, int port) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "gateway",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new java.io.ByteArrayInputStream(certificate)));
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        trust = SSLContext.getInstance("TLS");
        trust.init(null, factory.getTrustManagers(), null);
        authority = "localhost:" + port;
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .sslContext(trust)
                .version(version)
                .connectTimeout(PATIENCE)
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://" + authority + path)).timeout(PATIENCE);
    }

    /** What a client does with what it has. */
    private interface Use {
        String with(HttpClient client) throws IOException, InterruptedException;
    }

    private Visitor visitor(HttpClient.Version version, Use use) {
        var client = client(version);
        return new Visitor() {
            @Override
            public String visit() throws IOException, InterruptedException {
                return use.with(client);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    Visitor get(HttpClient.Version version, String path) {
        return visitor(version, client -> {
            var answer = client.send(request(path).build(), BodyHandlers.discarding());
            return answer.statusCode() == 200 && answer.version() == version
                    ? ""
                    : answer.version() + " " + answer.statusCode();
        });
    }

    Visitor upload(HttpClient.Version version, String path) {
        return visitor(version, client -> {
            var body = HttpRequest.BodyPublishers.ofByteArray(UPLOAD);
            var answer = client.send(request(path).POST(body).build(), BodyHandlers.discarding());
            return answer.statusCode() == 200 ? "" : Integer.toString(answer.statusCode());
        });
    }

    Visitor call(String path) {
        return visitor(HttpClient.Version.HTTP_2, client -> {
            var asked = request(path)
                    .header("Content-Type", "application/grpc")
                    .header("TE", "trailers")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(MESSAGE))
                    .build();
            var answer = client.send(asked, BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 && Arrays.equals(answer.body(), MESSAGE)
                    ? ""
                    : answer.statusCode() + " with " + answer.body().length + " bytes";
        });
    }

    /** Gives each stream up when it has begun. */
    Visitor cancel(String path) {
        return visitor(HttpClient.Version.HTTP_2, client -> {
            var answer = client.sendAsync(request(path).build(), BodyHandlers.discarding());
            try {
                return "an answer of " + answer.get(20, TimeUnit.MILLISECONDS).statusCode();
            } catch (TimeoutException | CancellationException e) {
                answer.cancel(true);
                return "";
            } catch (ExecutionException e) {
                return String.valueOf(e.getCause());
            }
        });
    }

    Visitor chat(String path) {
        return visitor(HttpClient.Version.HTTP_1_1, client -> {
            var heard = new Heard();
            try {
                var socket = client.newWebSocketBuilder()
                        .buildAsync(URI.create("wss://" + authority + path), heard)
                        .get(20, TimeUnit.SECONDS);
                for (int i = 0; i < 10; i++) {
                    socket.sendBinary(ByteBuffer.wrap(UPLOAD, 0, 32_000), false).get(20, TimeUnit.SECONDS);
                    socket.sendBinary(ByteBuffer.wrap(UPLOAD, 0, 32_000), true).get(20, TimeUnit.SECONDS);
                }
                boolean all = heard.bytes(640_000);
                socket.abort();
                return all ? "" : "not all messages came back";
            } catch (ExecutionException | TimeoutException e) {
                return e.toString();
            }
        });
    }
}
