package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.process.InvalidSettingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where services are in the key-value stores of servers: {@code <server url>/v1/kv/<prefix>/<name>/}.
 *
 * @param prefix without slashes around it
 * @param skipped what keys begin with that are not looked at, from their prefix on
 */
record ServiceKeys(List<RegistryServer> servers, String prefix, List<String> skipped) {

    private static final int MAX_NAME = 512;
    private static final String KV = "/v1/kv/";

    /** The keys of a service: where, and what they begin with, a slash at the end. */
    record Place(RegistryServer server, String key) {}

    /** @throws InvalidSettingException when the prefix is none */
    static ServiceKeys of(List<RegistryServer> servers, String prefix, List<String> skipped) {
        var trimmed = prefix.replaceAll("^/+|/+$", "");
        if (trimmed.isEmpty() || !isPath(trimmed)) {
            throw new InvalidSettingException(
                    "suimon.discovery.consul-kv.prefix", prefix, "names of keys with slashes between them");
        }
        return new ServiceKeys(servers, trimmed, List.copyOf(skipped));
    }

    /** The place that a service name tells; empty where it tells none. */
    Optional<Place> place(String name) {
        for (var server : servers) {
            var beginning = server.url() + KV + prefix + "/";
            if (name.startsWith(beginning) && name.length() <= MAX_NAME) {
                var service = name.substring(beginning.length()).replaceAll("/$", "");
                return isPath(service)
                        ? Optional.of(new Place(server, prefix + "/" + service + "/"))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Neither empty parts nor such that lead out of the prefix. */
    private static boolean isPath(String text) {
        return Arrays.stream(text.split("/", -1))
                .noneMatch(part -> part.isBlank() || part.equals(".") || part.equals(".."));
    }

    /** What a service name must be. */
    String expected() {
        return servers.stream()
                .map(server -> server.url() + KV + prefix + "/<name>/")
                .collect(Collectors.joining(" or "));
    }

    /** Whether a key is not looked at. */
    boolean isSkipped(String key) {
        return skipped.stream().anyMatch(key::startsWith);
    }

    /** A key in a path. */
    static String encoded(String key) {
        return Arrays.stream(key.split("/", -1)).map(RegistryServer::encoded).collect(Collectors.joining("/"));
    }
}
