package io.suimon.dataplane.discovery.http;

import java.io.IOException;
import java.util.List;

/** Asks servers in turn, beginning with the one that answered last. Of one thread. */
public final class ServerTurn {

    private final List<RegistryServer> servers;
    private int current;

    /**
     * A turn of its own.
     *
     * @param first which server begins, any number from 0
     */
    public ServerTurn(List<RegistryServer> servers, int first) {
        this.servers = servers;
        this.current = first % servers.size();
    }

    /** What is asked of one server. */
    public interface Exchange<T> {

        T with(RegistryServer server) throws IOException, InterruptedException;
    }

    /** The first answer there is. @throws IOException when no server has one: why the last one had none, and how many there are */
    public <T> T ask(Exchange<T> exchange) throws IOException, InterruptedException {
        for (int failed = 1; ; failed++) {
            try {
                return exchange.with(servers.get(current));
            } catch (IOException e) {
                current = (current + 1) % servers.size();
                if (failed == servers.size()) {
                    throw failed == 1 ? e : new IOException("none of %d servers: %s".formatted(failed, e.getMessage()));
                }
            }
        }
    }
}
