package io.suimon.chaos;

import io.suimon.chaos.Sample.Outcome;
import io.suimon.chaos.Sample.Signal;
import io.suimon.harness.Beat;
import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.time.Duration;

/** Clients of one node: so many requests per second over kept connections, each due at its moment. */
final class TrafficProbe implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final String path;
    private final Recorder recorder;
    private final KeptConnections connections;
    private final Beat beat;

    TrafficProbe(int port, String path, int perSecond, Recorder recorder) {
        this.path = path;
        this.recorder = recorder;
        this.connections = new KeptConnections(port, TIMEOUT_MILLIS, System::nanoTime);
        this.beat = new Beat("traffic-" + port, Duration.ofSeconds(1).dividedBy(perSecond), this::ask);
    }

    private void ask(long due) {
        try {
            ask(due, connections.take());
        } catch (IOException e) {
            record(due, Outcome.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void ask(long due, HttpConnection connection) throws IOException {
        try {
            var status = connection.get(path);
            record(due, status.startsWith("HTTP/1.1 200 ") ? Outcome.OK : Outcome.FAILED, status);
            connections.giveBack(connection);
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
        connections.close();
    }
}
