package io.suimon.chaos;

import io.suimon.chaos.Sample.Outcome;
import io.suimon.chaos.Sample.Signal;
import io.suimon.harness.Beat;
import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Clients of one node: so many requests per second over kept connections, each due at its moment. */
final class TrafficProbe implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final int port;
    private final String path;
    private final Recorder recorder;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private final Beat beat;

    TrafficProbe(int port, String path, int perSecond, Recorder recorder) {
        this.port = port;
        this.path = path;
        this.recorder = recorder;
        this.beat = new Beat("traffic-" + port, Duration.ofSeconds(1).dividedBy(perSecond), this::ask);
    }

    private void ask(long due) {
        try {
            var connection = idle.pollLast();
            if (connection == null) {
                connection = new HttpConnection(port, TIMEOUT_MILLIS);
            }
            ask(due, connection);
        } catch (IOException e) {
            record(due, Outcome.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void ask(long due, HttpConnection connection) throws IOException {
        try {
            var status = connection.get(path);
            record(due, status.startsWith("HTTP/1.1 200 ") ? Outcome.OK : Outcome.FAILED, status);
            if (connection.kept()) {
                idle.addLast(connection);
            } else {
                connection.close();
            }
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private void record(long due, Outcome outcome, String detail) {
        recorder.add(new Sample(Signal.TRAFFIC, due, outcome, System.nanoTime() - due, detail));
    }

    @Override
    public void close() {
        beat.close();
        for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (IOException e) {
                // It is not used again.
            }
        }
    }
}
