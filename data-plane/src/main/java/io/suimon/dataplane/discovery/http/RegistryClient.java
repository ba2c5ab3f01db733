package io.suimon.dataplane.discovery.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers of a registry, and believes nothing: an answer has a deadline for all of it, a bound on its length, and leads nowhere
 * else. Why there was none is said without what was sent, and without what came.
 *
 * <p>Thread-safe; callers wait, on virtual threads, and are interrupted to end it.
 */
public final class RegistryClient implements AutoCloseable {

    private static final int MAX_TLS_REASON = 120;

    private final HttpClient http;
    private final Duration connectTimeout;
    private final int maxBytes;
    private final Semaphore turns;

    /**
     * @param connectTimeout for a connection, handshake included
     * @param maxBytes of an answer
     * @param maxRequests at a time; one more waits for its turn
     */
    public RegistryClient(Duration connectTimeout, int maxBytes, int maxRequests) {
        this.connectTimeout = connectTimeout;
        this.maxBytes = maxBytes;
        this.turns = new Semaphore(maxRequests, true);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(connectTimeout)
                .build();
    }

    /** What is asked: a path with its query, headers, and for a POST a form. Prints the path without its query: that may hold secrets. */
    public record Question(
            String path,
            Map<String, String> headers,
            @Nullable String form) {

        /** That of a GET. */
        public static Question get(String path, Map<String, String> headers) {
            return new Question(path, headers, null);
        }

        @Override
        public String toString() {
            return path.replaceAll("\\?.*", "");
        }
    }

    /**
     * The answer of one server, whatever its status.
     *
     * @param timeout for all of the answer, after the connection
     * @throws IOException when there is none; the message is for people
     */
    public HttpAnswer ask(RegistryServer server, Question question, Duration timeout)
            throws IOException, InterruptedException {
        var request = request(server, question);
        turns.acquire();
        try {
            var deadline = connectTimeout.plus(timeout);
            var answer = await(server, http.sendAsync(request, head -> new BoundedBody(maxBytes)), deadline);
            return new HttpAnswer(server, answer.statusCode(), answer.headers(), answer.body());
        } finally {
            turns.release();
        }
    }

    private static HttpRequest request(RegistryServer server, Question question) {
        var request = HttpRequest.newBuilder(server.at(question.path()));
        question.headers().forEach(request::setHeader);
        if (question.form() != null) {
            request.setHeader("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(question.form(), StandardCharsets.UTF_8));
        }
        return request.build();
    }

    private HttpResponse<byte[]> await(
            RegistryServer server, CompletableFuture<HttpResponse<byte[]>> answer, Duration deadline)
            throws IOException, InterruptedException {
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(server + ": no whole answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IOException(server + ": " + reason(e.getCause()));
        } finally {
            answer.cancel(true); // closes the connection of one that is not done
        }
    }

    /** Never what came, which may hold anything. */
    private String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException timeout -> "not connected within " + connectTimeout.toMillis() + " ms";
            case BoundedBody.TooLongException tooLong -> "the answer is longer than " + maxBytes + " bytes";
            case ConnectException refused
            when refused.getCause() instanceof UnresolvedAddressException -> "no such name";
            case ConnectException refused -> "no connection";
            case SSLException tls -> "TLS fails: " + shortened(String.valueOf(tls.getMessage()));
            case null, default -> "the connection is broken, or the answer is no HTTP";
        };
    }

    private static String shortened(String text) {
        var line = text.replaceAll("[^ -~]+", " ");
        return line.length() <= MAX_TLS_REASON ? line : line.substring(0, MAX_TLS_REASON);
    }

    /** Breaks off what is being asked. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
