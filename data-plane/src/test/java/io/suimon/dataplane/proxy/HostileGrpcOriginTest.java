package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What an origin of the scheme {@code grpc} cannot do to the gateway, its clients and its other origins. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class HostileGrpcOriginTest {

    private static String[] fields(String text) {
        return text.replace("<LF>", "\n").replace("<CR>", "\r").split(",", -1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no status             | x-y,1",
                "two statuses          | :status,200,:status,200",
                "a status of four      | :status,2000",
                "a status below 100    | :status,099",
                "a switch of protocols | :status,101",
                "a pseudo-field        | :status,200,:path,/",
                "upper case            | :status,200,X-Y,1",
                "a line end            | :status,200,x-y,1<LF>z: 2",
                "a carriage return     | :status,200,x-y,1<CR>z: 2",
                "a colon               | :status,200,x:y,1",
                "a blank in a name     | :status,200,x y,1",
                "a connection          | :status,200,connection,close",
                "chunks                | :status,200,transfer-encoding,chunked",
                "two lengths           | :status,200,content-length,3,content-length,4",
                "no number             | :status,200,content-length,+3",
                "too short a length    | :status,200,content-length,2",
                "an interim of 101     | :status,101",
            })
    void aMalformedHeadIsABadGateway(String name, String fields) throws Exception {
        var head = fields(fields);
        try (var origin = FrameOrigin.origin(FrameOrigin.answering(
                        (frames, stream) -> frames.headers(stream, false, head).data(stream, true, "abc")));
                var gateway = FrameOrigin.gateway(origin)) {

            var answer =
                    gateway.exchange("POST / HTTP/1.1\r\nHost: a.b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

            if (name.equals("too short a length")) {
                assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("\r\n0\r\n");
            } else {
                assertThat(answer).startsWith("HTTP/1.1 502 Bad Gateway\r\n");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "less than told         | content-length,4 | abc | t,1",
                "a pseudo-field behind | x-y,1            | abc | :status,200",
                "a line end behind     | x-y,1            | abc | t,1<LF>z: 2",
                "a connection behind    | x-y,1            | abc | connection,close",
            })
    void aMalformedEndBreaksTheResponseOff(String name, String field, String data, String trailers) throws Exception {
        var end = fields(trailers);
        var pair = field.split(",", -1);
        try (var origin = FrameOrigin.origin(FrameOrigin.answering(
                        (frames, stream) -> frames.headers(stream, false, ":status", "200", pair[0], pair[1])
                                .data(stream, false, data)
                                .headers(stream, true, end)));
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).contains("reset ").doesNotContain("z: 2");
        }
    }

    /** Sends too much of something until the connection breaks. */
    private interface Flood {
        void send(FrameClient frames, int stream) throws IOException;
    }

    private static void pings(FrameClient frames, int stream) throws IOException {
        while (true) {
            frames.frame(FrameClient.PING, 0, 0, new byte[8]);
        }
    }

    private static void settings(FrameClient frames, int stream) throws IOException {
        while (true) {
            frames.frame(FrameClient.SETTINGS, 0, 0, new byte[0]);
        }
    }

    private static void emptyData(FrameClient frames, int stream) throws IOException {
        frames.headers(stream, false, FrameOrigin.OK);
        while (true) {
            frames.data(stream, false, "");
        }
    }

    private static void continuations(FrameClient frames, int stream) throws IOException {
        frames.frame(FrameClient.HEADERS, 0, stream, frames.block(stream, FrameOrigin.OK));
        while (true) {
            frames.frame(FrameClient.CONTINUATION, 0, stream, frames.block(stream, "x", "y"));
        }
    }

    private static void interim(FrameClient frames, int stream) throws IOException {
        while (true) {
            frames.headers(stream, false, ":status", "103");
        }
    }

    private static void fields(FrameClient frames, int stream) throws IOException {
        var head = new String[4000];
        head[0] = ":status";
        head[1] = "200";
        for (int i = 2; i < head.length; i += 2) {
            head[i] = "x" + i;
            head[i + 1] = "yyyyyyyyyyyyyyyyyyyyy";
        }
        var block = frames.block(stream, head);
        frames.frame(FrameClient.HEADERS, 0, stream, Arrays.copyOf(block, 16_000));
        frames.frame(
                FrameClient.CONTINUATION,
                FrameClient.END_HEADERS,
                stream,
                Arrays.copyOfRange(block, 16_000, Math.min(block.length, 32_000)));
    }

    private static Flood flood(String name) {
        return switch (name) {
            case "pings" -> HostileGrpcOriginTest::pings;
            case "settings" -> HostileGrpcOriginTest::settings;
            case "emptyData" -> HostileGrpcOriginTest::emptyData;
            case "continuations" -> HostileGrpcOriginTest::continuations;
            case "interim" -> HostileGrpcOriginTest::interim;
            default -> HostileGrpcOriginTest::fields;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"pings", "settings", "emptyData", "continuations", "interim", "fields"})
    void aFloodOfAnOriginEndsItsConnectionAlone(String name) throws Exception {
        try (var origin = FrameOrigin.origin(
                        FrameOrigin.answering((frames, stream) -> flood(name).send(frames, stream)));
                var good = FrameOrigin.origin(FrameOrigin.answering(FrameOrigin::ok));
                var gateway = new TestGateway()
                        .set("upstream.http2.max-control-frames-per-second", "100")
                        .route(TestGateway.upstream(origin.port(), "\"scheme\":\"grpc\""))
                        .resource(
                                ResourceKind.ROUTE,
                                "good",
                                "{\"uri\":\"/good\"," + TestGateway.upstream(good.port(), "\"scheme\":\"grpc\"") + "}")
                        .start();
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");
            client.request(3, true, "POST", "/good");
            var answers = client.responses(1, 3);

            assertThat(answers[0]).containsPattern(":status: 502|reset ");
            assertThat(answers[1]).contains("[abc]");
        }
    }

    @Test
    void aTableForFieldsStaysSmallWhateverIsAskedFor() throws Exception {
        var blocks = new CopyOnWriteArrayList<byte[]>();
        try (var origin = FrameOrigin.origin(
                        (frames, number) -> {
                            var head = frames.next(FrameClient.HEADERS);
                            blocks.add(head.payload());
                            FrameOrigin.ok(frames, head.stream());
                            frames.next(FrameClient.GO_AWAY);
                        },
                        FrameOrigin.TABLE_SIZE,
                        1 << 30);
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).isNotEmpty();
            assertThat(HexFormat.of().formatHex(blocks.getFirst())).contains("3fe11f"); // 4096
        }
    }
}
