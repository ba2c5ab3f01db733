package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Says what an authority thinks of one certificate, by {@code openssl ocsp}, or what a test wants said. */
final class OcspResponder implements AutoCloseable {

    private static final String OUTAGE = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    final AtomicInteger asked = new AtomicInteger();
    private final RawOrigin origin = new RawOrigin(this::serve);
    private final Path folder;
    private volatile String signer = "ca";
    private volatile String said = "";
    private volatile String end = " -ndays 1";

    /** @param folder of the authority's files */
    OcspResponder(Path folder) throws IOException {
        this.folder = folder;
    }

    String uri() {
        return "http://127.0.0.1:" + origin.port() + "/ocsp";
    }

    /** What the authority thinks: {@code V} for valid, {@code R} for revoked. */
    OcspResponder thinks(String state, TestAuthority.Signed of) throws IOException {
        var serial =
                Pem.certificates(of.certificate()).getFirst().getSerialNumber().toString(16);
        var even = (serial.length() % 2 == 0 ? "" : "0") + serial.toUpperCase(java.util.Locale.ROOT);
        var revoked = state.equals("R") ? "260101000000Z" : "";
        Files.writeString(
                folder.resolve("index.txt"),
                state + "\t491231235959Z\t" + revoked + "\t" + even + "\tunknown\t/CN=any\n");
        return this;
    }

    OcspResponder signedBy(String authority) {
        signer = authority;
        return this;
    }

    /** Its answers do not say how long they are good. */
    OcspResponder saysNoEnd() {
        end = "";
        return this;
    }

    /** Says this from now on, whatever is asked. */
    OcspResponder says(String response) {
        said = response;
        return this;
    }

    OcspResponder isOutOfOrder() {
        return says(OUTAGE);
    }

    private void serve(RawOrigin.Connection connection) throws IOException {
        for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
            int at = head.indexOf("Content-Length: ") + 16;
            var question = Wire.bytes(connection.read(Integer.parseInt(head.substring(at, head.indexOf('\r', at)))));
            int number = asked.incrementAndGet();
            if (said.isEmpty()) {
                var answer = answer(question, number);
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + answer.length
                        + "\r\nContent-Type: application/ocsp-response\r\n\r\n" + Wire.text(answer));
            } else {
                connection.send(said);
            }
        }
    }

    private byte[] answer(byte[] question, int number) throws IOException {
        Files.write(folder.resolve(number + ".req"), question);
        var command = "openssl ocsp -index index.txt -CA ca.crt -rsigner " + signer + ".crt -rkey " + signer
                + ".key -reqin " + number + ".req -respout " + number + ".resp" + end;
        TestCommands.run(folder, List.of(command.split(" ")));
        return Files.readAllBytes(folder.resolve(number + ".resp"));
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
