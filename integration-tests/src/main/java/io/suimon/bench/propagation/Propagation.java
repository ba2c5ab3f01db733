package io.suimon.bench.propagation;

import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Times changes: from the answer to a PUT to the first request that the last of the nodes answers by the changed route. */
final class Propagation implements AutoCloseable {

    private static final long LONGEST_NANOS = 10_000_000_000L;

    private final Installation installation;
    private final HttpConnection admin;
    private final List<HttpConnection> nodes = new ArrayList<>();
    private int changes;

    Propagation(Installation installation, int nodeCount) throws IOException {
        this.installation = installation;
        this.admin = installation.admin();
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(installation.node(i));
        }
    }

    Times measure(int samples) throws IOException {
        var nanos = new long[samples];
        for (int i = 0; i < samples; i++) {
            nanos[i] = once();
        }
        return new Times(nanos);
    }

    private long once() throws IOException {
        var uri = "/timed/" + changes++;
        installation.put(admin, "timed", uri);
        long start = System.nanoTime();
        for (int i = 0; i < nodes.size(); i++) {
            while (!nodes.get(i).get(uri).startsWith("HTTP/1.1 200 ")) {
                if (System.nanoTime() - start > LONGEST_NANOS) {
                    throw new IllegalStateException(uri + " is not served after 10 s");
                }
                reopen(i);
            }
        }
        long nanos = System.nanoTime() - start;
        for (int i = 0; i < nodes.size(); i++) {
            reopen(i);
        }
        return nanos;
    }

    /** A node closes a connection after so many requests: another one takes its place before it is needed. */
    private void reopen(int index) throws IOException {
        if (!nodes.get(index).kept()) {
            nodes.get(index).close();
            nodes.set(index, installation.node(index));
        }
    }

    @Override
    public void close() throws IOException {
        admin.close();
        for (var node : nodes) {
            node.close();
        }
    }
}
