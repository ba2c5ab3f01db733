package io.suimon.dataplane.discovery.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Asks one API server. Of one thread, which waits; interrupting it ends that. */
final class ApiClient implements AutoCloseable {

    private static final int OK = 200;

    private final HttpClient http;
    private final ApiToken token;
    private final Duration timeout;

    /** @throws IOException when the certificates to be believed cannot be read */
    ApiClient(ApiTrust trust, ApiToken token, Duration timeout) throws IOException {
        this.token = token;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER) // the token is for this server
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(timeout)
                .sslContext(trust.context())
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("kubernetes-io-", 0).factory()))
                .build();
    }

    /** That a server answered with another status than 200. */
    static final class StatusException extends IOException {

        private static final long serialVersionUID = 1;

        private final int status;

        StatusException(URI uri, int status) {
            super("GET %s: status %d (expected: 200)".formatted(uri.getPath(), status));
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /**
     * The body of an answer, to be closed.
     *
     * @throws IOException when there is none; the message is for people, and without secrets
     */
    InputStream get(URI uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri).timeout(timeout).header("Accept", "application/json");
        token.read().ifPresent(text -> request.header("Authorization", "Bearer " + text));
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != OK) {
            answer.body().close();
            throw new StatusException(uri, answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
