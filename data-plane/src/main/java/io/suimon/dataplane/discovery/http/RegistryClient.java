package io.suimon.dataplane.discovery.http;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers of a registry, and believes nothing: an answer has a deadline for all of it, bounds on its head and its body, and leads
 * nowhere else. Why there was none is said without what was sent, and without what came.
 *
 * <p>Thread-safe; callers wait, on virtual threads, and are interrupted to end it.
 */
public final class RegistryClient implements AutoCloseable {

    private static final int MAX_LINE = 4096;
    private static final int MAX_HEAD = 16_384;
    private static final int IDLE_SECONDS = 60;
    private static final int MAX_TLS_REASON = 120;

    private final HttpClient http;
    private final Duration connectTimeout;
    private final int maxBytes;
    private final Semaphore turns;

    /**
     * A client of its own, with connections of its own.
     *
     * @param maxBytes of an answer
     * @param maxRequests at a time; one more waits for its turn
     */
    public RegistryClient(RegistryHost host, Duration connectTimeout, int maxBytes, int maxRequests) {
        this.connectTimeout = connectTimeout;
        this.maxBytes = maxBytes;
        this.turns = new Semaphore(maxRequests, true);
        this.http = host.vertx()
                .createHttpClient(host.trust()
                        .in(new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_1_1)
                                .setConnectTimeout((int) connectTimeout.toMillis())
                                .setSslHandshakeTimeout(connectTimeout.toMillis())
                                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                                .setMaxPoolSize(maxRequests)
                                .setKeepAliveTimeout(IDLE_SECONDS)
                                .setMaxInitialLineLength(MAX_LINE)
                                .setMaxHeaderSize(MAX_HEAD)));
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
        var deadline = connectTimeout.plus(timeout);
        turns.acquire();
        try (var exchange = new Exchange(server, Objects.requireNonNullElse(question.form(), ""), maxBytes)) {
            exchange.begin(http, options(server, question));
            return exchange.await(deadline);
        } catch (TimeoutException e) {
            throw new IOException(server + ": no whole answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IOException(server + ": " + reason(e.getCause()));
        } finally {
            turns.release();
        }
    }

    private static RequestOptions options(RegistryServer server, Question question) {
        var options = new RequestOptions()
                .setAbsoluteURI(server.url() + question.path())
                .setFollowRedirects(false);
        question.headers().forEach(options::putHeader);
        return question.form() == null
                ? options
                : options.setMethod(HttpMethod.POST).putHeader("Content-Type", "application/x-www-form-urlencoded");
    }

    /** Never what came, which may hold anything. */
    private String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException timeout -> "not connected within " + connectTimeout.toMillis() + " ms";
            case Exchange.TooLongException tooLong -> "the answer is longer than " + maxBytes + " bytes";
            case UnknownHostException unknown -> "no such name";
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
        var unused = http.close();
    }
}
