package io.suimon.bench.load;

import java.util.ArrayList;
import java.util.List;

/**
 * HTTP/1.1 by wrk: one thread, connections that are kept, the next request when the answer is there.
 *
 * @param path what is asked for; names the size of the answer
 * @param encrypted whether it is HTTPS
 * @param headers sent with each request
 * @param body bytes of the body of a POST; 0 is a GET
 * @param restMillis how long each connection does nothing behind an answer
 */
public record Wrk(int connections, String path, boolean encrypted, List<String> headers, int body, int restMillis)
        implements Load {

    public Wrk {
        headers = List.copyOf(headers);
    }

    /** GET of a path. */
    public static Wrk get(int connections, String path) {
        return new Wrk(connections, path, false, List.of(), 0, 0);
    }

    /** POST to a path, with a body of so many bytes. */
    public static Wrk post(int connections, String path, int body) {
        return new Wrk(connections, path, false, List.of(), body, 0);
    }

    /** The same over TLS. */
    public Wrk overTls() {
        return new Wrk(connections, path, true, headers, body, restMillis);
    }

    /** The same with header fields. */
    public Wrk with(List<String> fields) {
        return new Wrk(connections, path, encrypted, fields, body, restMillis);
    }

    /** The same, resting between requests. */
    public Wrk resting(int millis) {
        return new Wrk(connections, path, encrypted, headers, body, millis);
    }

    @Override
    public Answered run(Door door, int seconds) {
        var command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency"));
        for (var header : headers) {
            command.addAll(List.of("-H", header));
        }
        if (body > 0 || restMillis > 0) {
            command.addAll(List.of("-s", Tool.written(door, "wrk.lua", script()).toString()));
        }
        command.add(
                encrypted
                        ? "https://" + Door.NAME + ":" + door.tlsPort() + path
                        : "http://" + Door.ADDRESS + ":" + door.port() + path);
        return WrkOutput.parse(Tool.run(command, door, seconds));
    }

    /** A request that never changes is made once, so that the script costs nothing per request. */
    private String script() {
        return (body == 0 ? "" : "wrk.method = \"POST\"\nwrk.body = string.rep(\"x\", " + body + ")\n")
                + (restMillis == 0 ? "" : "function delay() return " + restMillis + " end\n");
    }
}
