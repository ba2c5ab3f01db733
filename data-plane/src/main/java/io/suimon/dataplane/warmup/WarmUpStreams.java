package io.suimon.dataplane.warmup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** As {@link WarmUpClients}, in HTTP/2: several connections, each with several streams at a time; by the calling thread. */
final class WarmUpStreams {

    private static final int CONNECTIONS = 4;
    private static final int STREAMS = 8;

    private WarmUpStreams() {}

    /**
     * Returns how many requests were answered within the time.
     *
     * @param streams at a time, at most
     */
    static long send(int port, int requestsPerConnection, int streams, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        int together = Math.min(STREAMS, Math.min(streams, requestsPerConnection));
        long answered = 0;
        while (System.nanoTime() - end < 0) {
            answered += sendOnNewConnections(port, requestsPerConnection / together, together, end);
        }
        return answered;
    }

    private static long sendOnNewConnections(int port, int rounds, int streams, long end) throws IOException {
        var connections = new ArrayList<WarmUpHttp2>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(WarmUpHttp2.connect(port));
            }
            long answered = 0;
            for (int round = 0; round < rounds && System.nanoTime() - end < 0; round++) {
                answered += round(connections, streams);
            }
            return answered;
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    private static long round(List<WarmUpHttp2> connections, int streams) throws IOException {
        for (var connection : connections) {
            connection.send(streams);
        }
        for (var connection : connections) {
            connection.awaitAnswers(streams);
        }
        return (long) streams * connections.size();
    }
}
