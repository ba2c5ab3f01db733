package io.suimon.dataplane.discovery.kubernetes;

import io.suimon.process.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cluster, as settings and the environment describe it.
 *
 * @param id empty for none
 * @param server {@code https://host:port}
 * @param slices whether it is asked for slices of endpoints
 */
record Cluster(
        String id,
        String server,
        ApiTrust trust,
        ApiToken token,
        ApiPaths paths,
        NamespaceFilter namespaces,
        boolean slices,
        int weight) {

    /** Where Kubernetes puts what a pod needs to ask its API server. */
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private static final int MAX_PORT = 65_535;
    private static final int MAX_WEIGHT = 1_000_000;

    /**
     * That of these settings.
     *
     * @param setting what they begin with, for messages
     * @throws InvalidSettingException naming one that is none
     */
    static Cluster of(String setting, KubernetesConfig.Cluster config, Map<String, String> environment) {
        var id = config.id().orElse("");
        require(id.matches("([A-Za-z0-9][-_.A-Za-z0-9]{0,63})?"), setting + ".id", id, "letters, digits, - _ .");
        var weight = config.defaultWeight();
        require(weight >= 0 && weight <= MAX_WEIGHT, setting + ".default-weight", weight, "0.." + MAX_WEIGHT);
        var server = server(setting + ".service", config.service(), environment);
        var namespaces = NamespaceFilter.of(setting + ".namespace-selector", config.namespaceSelector());
        var slices = config.watchEndpointSlices();
        var labels = config.labelSelector().orElse("");
        return new Cluster(
                id,
                server,
                trust(config.service()),
                token(setting + ".client", config.client()),
                ApiPaths.of(server, slices, namespaces, labels),
                namespaces,
                slices,
                weight);
    }

    private static void require(boolean met, String setting, Object value, String expected) {
        if (!met) {
            throw new InvalidSettingException(setting, value, expected);
        }
    }

    private static String server(String setting, KubernetesConfig.Api config, Map<String, String> environment) {
        var schema = config.schema();
        require(schema.equals("https") || schema.equals("http"), setting + ".schema", schema, "https or http");
        var host = config.host()
                .or(() -> Optional.ofNullable(environment.get("KUBERNETES_SERVICE_HOST")))
                .orElse("");
        require(
                host.matches("\\[?[-A-Za-z0-9._:]+\\]?"),
                setting + ".host",
                host,
                "an address, here or in KUBERNETES_SERVICE_HOST");
        var port = config.port()
                .map(String::valueOf)
                .or(() -> Optional.ofNullable(environment.get("KUBERNETES_SERVICE_PORT")))
                .orElse("");
        require(
                port.matches("[0-9]{1,5}") && Integer.parseInt(port) > 0 && Integer.parseInt(port) <= MAX_PORT,
                setting + ".port",
                port,
                "1.." + MAX_PORT + ", here or in KUBERNETES_SERVICE_PORT");
        var bracketed = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return schema + "://" + bracketed + ":" + port;
    }

    private static ApiTrust trust(KubernetesConfig.Api config) {
        boolean encrypted = config.schema().equals("https");
        return new ApiTrust(
                !encrypted || config.sslVerify(), encrypted ? config.ca().orElseGet(() -> existing("ca.crt")) : null);
    }

    private static ApiToken token(String setting, KubernetesConfig.Client config) {
        config.token()
                .ifPresent(text -> require(
                        ApiToken.isToken(text), setting + ".token", "(not shown)", "visible characters of ASCII"));
        return config.token()
                .map(text -> new ApiToken(text, null))
                .orElseGet(() -> new ApiToken(null, config.tokenFile().orElseGet(() -> existing("token"))));
    }

    private static @Nullable Path existing(String file) {
        var path = SERVICE_ACCOUNT.resolve(file);
        return Files.exists(path) ? path : null;
    }

    /** What people call it. */
    String name() {
        return id.isEmpty() ? "kubernetes" : "kubernetes " + id;
    }
}
