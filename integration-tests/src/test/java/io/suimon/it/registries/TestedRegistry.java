package io.suimon.it.registries;

import java.nio.file.Path;
import java.util.Map;

/** A registry that runs on loopback, as the scenario sees it. Not thread-safe. */
interface TestedRegistry extends AutoCloseable {

    /** Starts one. */
    interface Opening {

        /** One that answers; all it writes is in this folder. */
        TestedRegistry in(Path folder) throws Exception;
    }

    /** What a node is told of it. */
    Map<String, String> settings();

    /** An upstream that is this service. */
    String upstream(String service);

    /** An upstream that is a service, by its full name, of a type of registry. */
    static String upstream(String type, String name) {
        return "{\"type\":\"roundrobin\",\"discovery_type\":\"%s\",\"service_name\":\"%s\"}".formatted(type, name);
    }

    /** The service {@code web} is at these ports of loopback, and nowhere else. */
    void place(int... ports) throws Exception;

    /** Where it listens. */
    int port();

    /** It is gone, without a word. */
    void kill() throws Exception;

    /** It is there again; what it knew may be lost. */
    void startAgain() throws Exception;

    @Override
    void close();
}
