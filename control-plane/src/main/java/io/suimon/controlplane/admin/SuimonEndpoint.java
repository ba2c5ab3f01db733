package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.secret.SecretResolver;
import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.engine.plugin.KnownPlugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginEntry;
import io.suimon.engine.plugin.Subsystem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What lies below {@code /suimon/v1}: what APISIX has no words for. Thread-safe. */
@Singleton
final class SuimonEndpoint {

    private static final List<String> NODES = List.of("nodes");
    private static final List<String> PLUGINS = List.of("plugins");
    private static final List<String> SECRETS = List.of("secrets");
    private static final Pattern PROPAGATION = Pattern.compile("revisions/([0-9]{1,18})/propagation");

    private final PluginCatalog catalog;
    private final NodeRegistry nodes;
    private final SecretResolver secrets;
    private final StoreAcceptance acceptance;
    private final StoreStatus store;

    SuimonEndpoint(
            PluginCatalog catalog,
            NodeRegistry nodes,
            SecretResolver secrets,
            StoreAcceptance acceptance,
            StoreStatus store) {
        this.catalog = catalog;
        this.nodes = nodes;
        this.secrets = secrets;
        this.acceptance = acceptance;
        this.store = store;
    }

    AdminAnswer handle(AdminRequest request) throws InterruptedException {
        if (StoreAcceptance.SEGMENTS.equals(request.segments())) {
            return acceptance.handle(request);
        }
        var propagation = PROPAGATION.matcher(String.join("/", request.segments()));
        boolean known = NODES.equals(request.segments())
                || PLUGINS.equals(request.segments())
                || SECRETS.equals(request.segments())
                || StoreStatus.SEGMENTS.equals(request.segments())
                || propagation.matches();
        if (!known) {
            return AdminAnswer.error(404, "not found");
        }
        if (!request.method().equals("GET")) {
            return AdminAnswer.error(405, "not supported `" + request.method() + "` method");
        }
        if (NODES.equals(request.segments())) {
            return AdminAnswer.json(200, Json.tree(nodes.listing()));
        }
        if (SECRETS.equals(request.segments())) {
            return AdminAnswer.json(200, Json.tree(secrets.listing()));
        }
        if (StoreStatus.SEGMENTS.equals(request.segments())) {
            return store.answer();
        }
        return PLUGINS.equals(request.segments())
                ? plugins()
                : AdminAnswer.json(200, Json.tree(nodes.propagation(Long.parseLong(propagation.group(1)))));
    }

    private AdminAnswer plugins() {
        var list = Json.newArray();
        for (var subsystem : Subsystem.values()) {
            catalog.known(subsystem).forEach(known -> describe(known, subsystem, list.addObject()));
        }
        return AdminAnswer.json(200, Json.newObject().set("plugins", list));
    }

    private static void describe(KnownPlugin known, Subsystem subsystem, ObjectNode plugin) {
        plugin.put("name", known.name())
                .put("subsystem", subsystem.word())
                .put("built", known instanceof PluginEntry)
                .put("priority", known.priority())
                .put("version", known.version())
                .put("auth", known.isAuth());
        var phases = plugin.putArray("phases");
        if (known instanceof PluginEntry entry) {
            entry.plugin().phases().forEach(phase -> phases.add(phase.name().toLowerCase(Locale.ROOT)));
        }
    }
}
