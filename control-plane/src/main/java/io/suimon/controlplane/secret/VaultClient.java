package io.suimon.controlplane.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Reads secrets of the KV engine, version 1 or 2, over Vault's HTTP API. Follows no redirect; gives up after the timeout, however
 * far the answer has come, and on an answer that is too long. Of what is answered, only the status is ever told.
 *
 * <p>Thread-safe; calls block.
 */
final class VaultClient implements AutoCloseable {

    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int REDIRECT = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final HttpClient http;
    private final Duration timeout;
    private final int maxBytes;

    VaultClient(SecretConfig config, SSLContext tls) {
        this.timeout = config.timeout();
        this.maxBytes = Math.toIntExact(config.maxAnswerSize().asLongValue());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslContext(tls)
                .build();
    }

    Fetched fetch(VaultAccess.Usable access, String path) throws InterruptedException {
        URI uri;
        try {
            uri = access.uri(path);
        } catch (URISyntaxException e) {
            return new Fetched.Refused("has no path " + path + " (expected: one without . and ..)");
        }
        var request = HttpRequest.newBuilder(uri).timeout(timeout).header("X-Vault-Token", access.token());
        var namespace = access.namespace();
        if (namespace != null) {
            request.header("X-Vault-Namespace", namespace);
        }
        var answer = http.sendAsync(request.build(), head -> new BoundedBody(maxBytes));
        try {
            return read(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Fetched.Unreachable("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(unwrapped(e));
        } finally {
            answer.cancel(true);
        }
    }

    private static Fetched read(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status == TOO_MANY || status >= SERVER_ERROR) {
            return new Fetched.Unreachable("answered " + status);
        }
        if (status >= REDIRECT && status < CLIENT_ERROR) {
            return new Fetched.Refused("answered " + status + ": redirects are not followed");
        }
        if (status != OK) {
            return new Fetched.Refused("answered " + status);
        }
        return Json.object(answer.body())
                .filter(json -> json.path("data").isObject())
                .<Fetched>map(json -> new Fetched.Fields(fields((ObjectNode) json.path("data"))))
                .orElseGet(() -> new Fetched.Refused("answered 200 without a secret"));
    }

    /** Version 2 of the engine wraps the fields once more, and says which version of the secret they are. */
    private static ObjectNode fields(ObjectNode data) {
        return data.path("data") instanceof ObjectNode inner
                        && data.path("metadata").path("version").isIntegralNumber()
                ? inner
                : data;
    }

    /** What the client's exceptions say is left out where it may quote the answer. */
    private Fetched failed(Throwable failure) {
        return switch (failure) {
            case BoundedBody.TooLongException tooLong ->
                new Fetched.Refused("answered more than " + maxBytes + " bytes");
            case java.net.http.HttpTimeoutException late ->
                new Fetched.Unreachable("no answer within " + timeout.toMillis() + " ms");
            case ConnectException refused -> new Fetched.Unreachable("cannot be connected to");
            case SSLException tls -> new Fetched.Unreachable("cannot be trusted: " + tls.getMessage());
            default ->
                new Fetched.Unreachable("gave no answer: " + failure.getClass().getSimpleName());
        };
    }

    private static Throwable unwrapped(Throwable failure) {
        var cause = failure.getCause();
        boolean wraps = failure instanceof ExecutionException || failure instanceof CompletionException;
        return wraps && cause != null ? unwrapped(cause) : failure;
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
