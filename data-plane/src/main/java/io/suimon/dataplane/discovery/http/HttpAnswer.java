package io.suimon.dataplane.discovery.http;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.Optional;

/** What a server answered, whole. */
public record HttpAnswer(RegistryServer server, int status, MultiMap headers, byte[] body) {

    private static final int OK = 200;

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The same. @throws IOException when its status is not 200 */
    public HttpAnswer orFail() throws IOException {
        if (status != OK) {
            throw failure("status " + status, "200");
        }
        return this;
    }

    /** That this answer is not what it should be. */
    public IOException failure(String what, String expected) {
        return new IOException("%s: %s (expected: %s)".formatted(server, what, expected));
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + server + ", " + status + ", " + body.length + " bytes]";
    }
}
