package io.suimon.dataplane.discovery.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and its answer: an event loop reads, and one thread waits for all of it. What is not whole when that gives up is broken off. */
final class Exchange implements AutoCloseable {

    private final RegistryServer server;
    private final String body;
    private final int maxBytes;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private final Buffer read = Buffer.buffer(); // of the event loop
    private volatile @Nullable HttpClientRequest request;
    private volatile boolean isGivenUp;

    /** That an answer was longer. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1;
    }

    /** @param maxBytes of an answer's body */
    Exchange(RegistryServer server, String body, int maxBytes) {
        this.server = server;
        this.body = body;
        this.maxBytes = maxBytes;
    }

    void begin(HttpClient http, RequestOptions options) {
        http.request(options).onComplete(this::send, answer::completeExceptionally);
    }

    private void send(HttpClientRequest connected) {
        request = connected;
        if (isGivenUp) {
            connected.reset();
            return;
        }
        connected.exceptionHandler(answer::completeExceptionally);
        connected.response().onComplete(this::receive, answer::completeExceptionally);
        connected.end(body);
    }

    private void receive(HttpClientResponse head) {
        head.exceptionHandler(answer::completeExceptionally);
        head.handler(part -> {
            if (part.length() > maxBytes - read.length()) {
                answer.completeExceptionally(new TooLongException());
                head.request().reset();
            } else {
                read.appendBuffer(part);
            }
        });
        head.endHandler(
                end -> answer.complete(new HttpAnswer(server, head.statusCode(), head.headers(), read.getBytes())));
    }

    /** Waits for all of it. */
    HttpAnswer await(Duration deadline) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes the connection of an exchange that is not whole. */
    @Override
    public void close() {
        isGivenUp = true;
        var begun = request;
        if (begun != null && (!answer.isDone() || answer.isCompletedExceptionally())) {
            begun.reset();
        }
    }
}
