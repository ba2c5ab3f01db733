package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Origins of the scheme {@code grpc} that send exactly the frames that a test says. */
final class FrameOrigin {

    static final int MAX_STREAMS = 3;
    static final int TABLE_SIZE = 1;
    static final int WINDOW = 4;
    static final String[] OK = {":status", "200", "content-type", "application/grpc", "date", "now"};

    /** Serves one connection whose preface was read. */
    interface Script {
        void serve(FrameClient frames, int connection) throws IOException;
    }

    static RawOrigin origin(Script script, int... settings) throws IOException {
        return new RawOrigin(connection -> {
            var frames = new FrameClient(connection.socket);
            script.serve(frames.welcome(settings), connection.number);
        });
    }

    static TestGateway gateway(RawOrigin origin, String... more) throws IOException {
        return gateway(new TestGateway(), origin, more);
    }

    static TestGateway gateway(TestGateway gateway, RawOrigin origin, String... more) throws IOException {
        var all = new ArrayList<>(List.of("\"scheme\":\"grpc\""));
        all.addAll(List.of(more));
        return gateway.route(TestGateway.upstream(origin.port(), all.toArray(String[]::new)))
                .start();
    }

    /** Answers every stream with these frames once its request is complete. */
    interface Answer {
        void send(FrameClient frames, int stream) throws IOException;
    }

    static Script answering(Answer answer) {
        return (frames, connection) -> {
            while (true) {
                var frame = frames.next();
                if (frame.ends()) {
                    answer.send(frames, frame.stream());
                }
            }
        };
    }

    static void ok(FrameClient frames, int stream) throws IOException {
        frames.headers(stream, false, OK)
                .data(stream, false, "abc")
                .headers(stream, true, "grpc-status", "0", "grpc-message", "");
    }

    private FrameOrigin() {}
}
