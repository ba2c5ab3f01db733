package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.net.IpLiteral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static java.util.Map.entry;

/** Who talks to whom, over what. */
final class ConnectionVariables {

    private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");
    private static final String HOSTNAME = hostname();
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    static final Map<String, Variable> ALL = Map.ofEntries(
            entry("scheme", exchange -> exchange.connection().tls() ? "https" : "http"),
            entry("https", exchange -> exchange.connection().tls() ? "on" : ""),
            entry("remote_addr", exchange -> IpLiteral.text(exchange.clientAddress())),
            entry("remote_port", exchange -> Integer.toString(exchange.clientPort())),
            entry("realip_remote_addr", ConnectionVariables::peer),
            entry(
                    "realip_remote_port",
                    exchange -> Integer.toString(exchange.connection().remote().getPort())),
            entry("server_addr", ConnectionVariables::listenerAddress),
            entry(
                    "server_port",
                    exchange -> Integer.toString(exchange.connection().local().getPort())),
            entry("server_name", exchange -> "_"), // one server for all names; who is meant is $host
            entry("connection", exchange -> Long.toString(exchange.connection().id())),
            entry("connection_requests", exchange -> Long.toString(exchange.timing().connectionRequests)),
            entry("hostname", exchange -> HOSTNAME),
            entry("pid", exchange -> PID));

    private ConnectionVariables() {}

    private static String peer(Exchange exchange) {
        return IpLiteral.text(exchange.connection().remote().getAddress());
    }

    private static String listenerAddress(Exchange exchange) {
        return IpLiteral.text(exchange.connection().local().getAddress());
    }

    /** Asks no name server: that could take its time. */
    private static String hostname() {
        var variable = System.getenv("HOSTNAME");
        if (variable != null && !variable.isBlank()) {
            return variable;
        }
        try {
            return Files.readString(KERNEL_HOSTNAME).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
