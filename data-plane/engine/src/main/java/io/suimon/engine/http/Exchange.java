package io.suimon.engine.http;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request with its response, as filters see it.
 *
 * <p>Everything it holds is reused by the connection's next exchange: a filter that waits or keeps something takes what it needs
 * as values. Not thread-safe: touched on its connection's event loop only.
 */
public final class Exchange {

    private final RequestHead request = new RequestHead();
    private final UpstreamRequest upstream = new UpstreamRequest();
    private final ResponseHead response = new ResponseHead();
    private final Timing timing = new Timing();
    private final List<UpstreamAttempt> attempts = new ArrayList<>(2);
    private final Map<String, Object> variables = new HashMap<>();
    private ClientConnection connection;
    private ConsumerIndex consumers = ConsumerIndex.EMPTY;
    private @Nullable InetAddress clientAddress;
    private int clientPort;
    private @Nullable RouteFacts route;
    private @Nullable String matchedUri;
    private @Nullable String matchedHost;
    private PathCapture pathCapture = PathCapture.NONE;
    private @Nullable Map<String, String> pathParameters;
    private @Nullable AuthenticatedConsumer consumer;
    private byte @Nullable [] requestBody;
    private @Nullable ParsedBody parsedBody;
    private @Nullable String requestId;

    public Exchange(ClientConnection connection) {
        this.connection = connection;
    }

    /** Forgets everything but the connection, for the next request on it. */
    public void reset(ConsumerIndex consumers) {
        upstream.reset();
        response.reset();
        timing.reset();
        attempts.clear();
        if (!variables.isEmpty()) {
            variables.clear();
        }
        this.consumers = consumers;
        clientAddress = null;
        route = null;
        matchedUri = null;
        matchedHost = null;
        pathCapture = PathCapture.NONE;
        pathParameters = null;
        consumer = null;
        requestBody = null;
        parsedBody = null;
        requestId = null;
    }

    public ClientConnection connection() {
        return connection;
    }

    /** Replaces the connection: what the PROXY protocol tells of it comes after it was made. */
    public void connection(ClientConnection connection) {
        this.connection = connection;
    }

    public RequestHead request() {
        return request;
    }

    /** What the upstream is sent instead. */
    public UpstreamRequest upstream() {
        return upstream;
    }

    public ResponseHead response() {
        return response;
    }

    public Timing timing() {
        return timing;
    }

    /** Tries at endpoints so far, in order. */
    public List<UpstreamAttempt> attempts() {
        return attempts;
    }

    /** The address of the client: the peer's unless something trusted says otherwise. */
    public InetAddress clientAddress() {
        return clientAddress == null ? connection.remote().getAddress() : clientAddress;
    }

    public int clientPort() {
        return clientAddress == null ? connection.remote().getPort() : clientPort;
    }

    /** Says who the client is, on the word of a trusted peer. */
    public void client(InetAddress address, int port) {
        clientAddress = address;
        clientPort = port;
    }

    /** The whole body of the request when something asked for it to be read first, else null. */
    public byte @Nullable [] requestBody() {
        return requestBody;
    }

    public void requestBody(byte[] body) {
        requestBody = body;
        parsedBody = null;
    }

    /** The fields of the body that was read, by its Content-Type; read once. Has none when no body was read. */
    public ParsedBody parsedBody() {
        if (parsedBody == null) {
            parsedBody = ParsedBody.of(requestBody, request.headers().first(HeaderName.CONTENT_TYPE));
        }
        return parsedBody;
    }

    /** 32 hex digits that tell this exchange from all others; not a secret. */
    public String requestId() {
        if (requestId == null) {
            var random = ThreadLocalRandom.current();
            var hex = HexFormat.of();
            requestId = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
        }
        return requestId;
    }

    /** Says which route was taken, by which of its patterns. */
    public void matched(RouteFacts route, String uriPattern, @Nullable String hostPattern) {
        this.route = route;
        this.matchedUri = uriPattern;
        this.matchedHost = hostPattern;
    }

    /** The route taken, or null before there is one and where none was found. */
    public @Nullable RouteFacts route() {
        return route;
    }

    public @Nullable String matchedUri() {
        return matchedUri;
    }

    public @Nullable String matchedHost() {
        return matchedHost;
    }

    /** What the matched pattern captured, by name; looked for when first asked. */
    public Map<String, String> pathParameters() {
        if (pathParameters == null) {
            pathParameters = pathCapture.in(request.path());
        }
        return pathParameters;
    }

    public void pathParameters(Map<String, String> parameters) {
        pathParameters = parameters;
    }

    /** Says how to find {@link #pathParameters()}. */
    public void pathCapture(PathCapture capture) {
        pathCapture = capture;
        pathParameters = null;
    }

    /** Everyone this exchange could be: the consumers of the revision it runs on. */
    public ConsumerIndex consumers() {
        return consumers;
    }

    public @Nullable AuthenticatedConsumer consumer() {
        return consumer;
    }

    /** Says who is calling; their plugins apply from the access phase on. */
    public void authenticated(AuthenticatedConsumer consumer) {
        this.consumer = consumer;
    }

    /** Sets a variable of the configuration language, as {@code rate_limiting_info}. */
    public void variable(String name, Object value) {
        variables.put(name, value);
    }

    /** The value of a variable set on this exchange, or null. */
    public @Nullable Object variable(String name) {
        return variables.get(name);
    }
}
