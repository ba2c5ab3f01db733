package io.suimon.controlplane.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A request as it goes over the wire, and what came back. */
record FuzzRequest(String head, byte[] body) {

    /** @param json whether it claims to be JSON */
    record Answer(int status, boolean json, String body) {}

    private static final int MAX_SHOWN = 2_000;

    private static final List<String> METHODS = List.of("GET", "PUT", "PUT", "PUT", "PATCH", "PATCH", "POST", "DELETE");
    private static final List<String> ODD_METHODS =
            List.of("HEAD", "OPTIONS", "TRACE", "FOO", "get", "CONNECT", "P\u0001");

    private static final List<String> VERSIONS = List.of(" HTTP/1.1");
    private static final List<String> ODD_VERSIONS = List.of(
            " HTTP/1.0", " HTTP/1.0", " HTTP/2.0", " HTTP/2.5", " HTTP/1.10", " HTTP/3", " http/1.1", " FTP/1.1", "");

    private static final List<String> PATHS = List.of(
            "/apisix/admin",
            "/apisix/admin/",
            "/apisix/admin/nope/1",
            "/apisix/admin/plugins",
            "/apisix/admin/plugins/",
            "/apisix/admin/plugins/list",
            "/apisix/admin/plugins/reload",
            "/apisix/admin/plugins/cors",
            "/apisix/admin/plugins/%ff",
            "/apisix/admin/configs/validate",
            "/apisix/admin/schema",
            "/apisix/admin/schema/route",
            "/apisix/admin/schema/nope/x",
            "/apisix/admin/schema/plugins",
            "/apisix/admin/schema/plugins/limit-count",
            "/apisix/admin/schema/validate",
            "/apisix/admin/secrets",
            "/apisix/admin/secrets/nope/1",
            "/apisix/admin/secrets/vault",
            "/apisix/admin/consumers//credentials/1",
            "/apisix/admin/consumers/nobody/credentials/1",
            "/apisix/admin/consumers/credentials/credentials/credentials",
            "/apisix/admin/consumers/jack/credentials/c1/x",
            "/apisix/admin/plugin_metadata/nope",
            "/apisix/admin/configs/validate",
            "/suimon/v1",
            "/suimon/v1/nodes",
            "/suimon/v1/plugins",
            "/suimon/v1/store",
            "/suimon/v1/revisions/1/propagation",
            "/suimon/v1/revisions/999999999999999999/propagation",
            "/suimon/v1/revisions/-1/propagation",
            "/",
            "",
            "*",
            "//",
            "/..",
            "http://a/apisix/admin/routes",
            "http://",
            "a:b");

    private static final List<String> SEGMENTS = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/../..",
            "/../../../..",
            "/%2e%2e/1",
            "/%00",
            "/a%2Fb",
            "/a%20b",
            "/%",
            "/%4",
            "/%zz",
            "/%ff%fe",
            "/\u00e9",
            "/%F0%9F%98%80",
            "/a;b",
            "/a\\b",
            "/upstream/nodes",
            "/plugins/cors/allow_origins",
            "/plugins/request-validation/body_schema",
            "/plugins/request-validation/body_schema" + "/a".repeat(1_200),
            "/vars/0/1",
            "/id",
            "/create_time",
            "/uri/x",
            "/" + "x".repeat(65),
            "/" + "x".repeat(7_000),
            "/" + "x".repeat(9_000),
            "/credentials",
            "/credentials/1/2");

    private static final List<String> ARGUMENTS = List.of(
            "ttl=1",
            "ttl=0",
            "ttl=-1",
            "ttl=1.5",
            "ttl=1e9",
            "ttl=9000000000",
            "ttl=9000000001",
            "ttl=" + "9".repeat(18),
            "ttl=" + "9".repeat(400),
            "ttl=",
            "ttl",
            "force=true",
            "force=%",
            "page=1",
            "page=-1",
            "page=1.5",
            "page=999999999999999999",
            "page_size=10",
            "page_size=11.5",
            "page_size=9",
            "page_size=x",
            "name=(a*)*b",
            "name=%5B",
            "name=^a{1,99999}",
            "name=%ff",
            "label=a",
            "uri=/.*/",
            "uri=(?R)",
            "filter=service_id%3Ds1%26upstream_id",
            "filter=%26%3D%25",
            "filter=%25zz",
            "wait=applied&timeout=0.01",
            "wait=applied&min=50%25&timeout=0",
            "wait=applied&min=101%25",
            "wait=soon",
            "timeout=0",
            "timeout=-1s",
            "timeout=" + "9".repeat(30),
            "timeout=x",
            "all=true",
            "subsystem=stream",
            "subsystem=%00",
            "schema_type=consumer",
            "schema_type=metadata",
            "api_key=",
            "api_key=%zz",
            "%zz=%",
            "&&&=&=",
            "\u00e9=\u00e9",
            "a[]=b|c^d",
            "?",
            "a=1&".repeat(500));

    private static final List<String> KEYS = List.of(
            "X-API-KEY: wrong",
            "X-API-KEY:",
            "X-API-KEY: \u00e9",
            "X-API-KEY: " + AdminServer.VIEWER,
            "Cookie: x_api_key=" + AdminServer.KEY,
            "Cookie: a=b; x_api_key=" + AdminServer.VIEWER + "; c",
            "Cookie: ;;;=;\"; x_api_key=\"" + AdminServer.KEY,
            "Cookie: x_api_key",
            "Cookie: \u0001\u00ff=\u00e9",
            "X-API-KEY: " + AdminServer.KEY + "\r\nX-API-KEY: wrong");

    private static final List<String> HEADERS = List.of(
            "If-Match: *",
            "If-Match: \"1\"",
            "If-Match: W/\"1\", 2",
            "If-Match: ",
            "If-Match: garbage",
            "If-Match: \u00e9",
            "If-Match: " + "\"1\",".repeat(400),
            "If-Match: \"99999999999999999999\", x",
            "If-None-Match: *",
            "If-None-Match: \"",
            "If-None-Match: W/\"5\"",
            "If-None-Match: \"1\"\r\nIf-None-Match: *",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: multipart/form-data",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: \u00ff/;;",
            "Content-Encoding: gzip",
            "Accept: application/yaml",
            "Accept-Encoding: gzip, \u0001",
            "Upgrade: websocket",
            "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings",
            "Origin: null",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Range: bytes=0-1",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-For: \u0001",
            "X-Long: " + "y".repeat(30_000),
            "X-Long: " + "y".repeat(40_000));

    /** Heads no server could make sense of, and framings of a body that lie. */
    private static final List<String> BROKEN = List.of(
            "Content-Length: -1",
            "Content-Length: x",
            "Content-Length: 1\r\nContent-Length: 2",
            "Content-Length: 99999999999999999999",
            "Transfer-Encoding: chunked\r\nContent-Length: 3",
            "Transfer-Encoding: gzip",
            "No colon",
            ": no name",
            "Na me: x",
            "A\u0000: b");

    /** One that was made up. */
    static FuzzRequest of(Random random) {
        var sample = FuzzBodies.sample(random);
        var method = FuzzBodies.pick(random.nextInt(20) == 0 ? ODD_METHODS : METHODS, random);
        boolean validate = random.nextInt(12) == 0;
        var target = target(sample, validate, random);
        var body = method.equals("GET") && random.nextInt(10) > 0
                ? new byte[0]
                : FuzzBodies.mutated(sample.body(), random);
        var head = new StringBuilder(validate && random.nextInt(4) > 0 ? "POST" : method)
                .append(' ')
                .append(target)
                .append(FuzzBodies.pick(random.nextInt(60) == 0 ? ODD_VERSIONS : VERSIONS, random))
                .append("\r\nHost: a\r\nConnection: close\r\n");
        boolean keyed = random.nextInt(12) > 0;
        head.append(keyed ? "X-API-KEY: " + AdminServer.KEY : FuzzBodies.pick(KEYS, random))
                .append("\r\n");
        for (int headers = Math.max(0, random.nextInt(6) - 3); headers > 0; headers--) {
            head.append(FuzzBodies.pick(HEADERS, random)).append("\r\n");
        }
        if (random.nextInt(25) == 0) {
            head.append(FuzzBodies.pick(BROKEN, random)).append("\r\n\r\n");
            return new FuzzRequest(head.toString(), body);
        }
        if (body.length > 0 && random.nextInt(5) == 0) {
            return new FuzzRequest(head + "Transfer-Encoding: chunked\r\n\r\n", chunked(body, random));
        }
        head.append(body.length > 0 ? "Content-Length: " + body.length + "\r\n\r\n" : "\r\n");
        return new FuzzRequest(head.toString(), body);
    }

    private static String target(FuzzBodies.Sample sample, boolean validate, Random random) {
        var target = new StringBuilder();
        if (validate) {
            target.append("/apisix/admin/schema/validate/").append(sample.folder());
        } else if (random.nextInt(6) == 0) {
            target.append(FuzzBodies.pick(PATHS, random));
        } else {
            target.append("/apisix/admin/").append(sample.folder());
            if (random.nextInt(6) > 0) {
                target.append('/').append(sample.id());
            }
        }
        if (random.nextInt(6) == 0) {
            target.append(FuzzBodies.pick(SEGMENTS, random));
        }
        var separator = "?";
        for (int arguments = Math.max(0, random.nextInt(6) - 3); arguments > 0; arguments--) {
            target.append(separator).append(FuzzBodies.pick(ARGUMENTS, random));
            separator = "&";
        }
        return target.toString();
    }

    private static byte[] chunked(byte[] body, Random random) {
        var chunks = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; ) {
            int size = Math.min(body.length - from, 1 + random.nextInt(100_000));
            chunks.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.write(body, from, size);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            from += size;
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    /** Sends it on a connection of its own, and reads until the server closes. */
    Answer send(int port, Duration patience) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            return parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Answer parsed(String text) {
        var rest = text.startsWith("HTTP/1.1 100 ") ? text.substring(text.indexOf("\r\n\r\n") + 4) : text;
        int end = rest.indexOf("\r\n\r\n");
        var head = rest.substring(0, end).toLowerCase(Locale.ROOT);
        var body = rest.substring(end + 4);
        return new Answer(
                Integer.parseInt(head.substring(9, 12)),
                head.contains("content-type: application/json"),
                head.contains("transfer-encoding: chunked") ? joined(body) : body);
    }

    /** The chunks of an answer in one; an answer is one chunk, and ends with an empty one. */
    private static String joined(String chunks) {
        int line = chunks.indexOf("\r\n");
        int end = chunks.lastIndexOf("\r\n0\r\n\r\n");
        return end < 0 ? "" : chunks.substring(line + 2, Math.max(line + 2, end));
    }

    @Override
    public String toString() {
        return cut(head) + cut(new String(body, StandardCharsets.UTF_8)) + " (" + body.length + " bytes)";
    }

    private static String cut(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    }
}
