package io.suimon.dataplane.discovery.eureka;

import io.suimon.dataplane.discovery.http.HostSettings;
import io.suimon.dataplane.discovery.http.HttpAnswer;
import io.suimon.dataplane.discovery.http.RegistryClient;
import io.suimon.dataplane.discovery.http.RegistryClient.Question;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.dataplane.discovery.http.ServerTurn;
import io.suimon.engine.resource.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Eureka has, kept up to date by what it says has changed. All of it is asked for where that does not add up, where another server
 * answers, and from time to time. Of one thread.
 */
final class Catalogue {

    private static final int OK = 200;

    /** After so many rounds all is asked for: what adds up may still be wrong. */
    private static final int ROUNDS_OF_CHANGES = 20;

    /** Eureka tells changes for three minutes; with longer intervals some would be missed. */
    private static final Duration CHANGES_ARE_TOLD = Duration.ofMinutes(2);

    private final HostSettings settings;
    private final RegistryClient client;
    private final ServerTurn turn;
    private Applications applications = new Applications();
    private @Nullable RegistryServer from;
    private int rounds;

    Catalogue(HostSettings settings, RegistryClient client, int first) {
        this.settings = settings;
        this.client = client;
        this.turn = new ServerTurn(settings.hosts(), first);
    }

    /** Asks what there is now. @throws IOException when no server says; nothing is changed then */
    void refresh() throws IOException, InterruptedException {
        turn.ask(this::refreshFrom);
    }

    private RegistryServer refreshFrom(RegistryServer server) throws IOException, InterruptedException {
        boolean changesSuffice = server.equals(from)
                && rounds < ROUNDS_OF_CHANGES
                && settings.fetchInterval().compareTo(CHANGES_ARE_TOLD) <= 0;
        from = null;
        if (changesSuffice && applyChanges(server)) {
            rounds++;
        } else {
            var all = new Applications();
            all.apply(ApplicationsAnswer.of(ask(server, "apps/"), settings.weight())
                    .changes());
            applications = all;
            rounds = 0;
        }
        from = server;
        return server;
    }

    /** Whether the changes add up to what the server has. */
    private boolean applyChanges(RegistryServer server) throws IOException, InterruptedException {
        var answer = ask(server, "apps/delta");
        if (answer.status() != OK) {
            return false; // a server may have this turned off
        }
        var changed = ApplicationsAnswer.of(answer, settings.weight());
        applications.apply(changed.changes());
        return applications.hash().equals(changed.hash());
    }

    private HttpAnswer ask(RegistryServer server, String what) throws IOException, InterruptedException {
        return client.ask(
                server,
                Question.get(settings.prefix() + what, headers(server)),
                settings.times().answer());
    }

    private static Map<String, String> headers(RegistryServer server) {
        var login = server.login();
        if (login == null) {
            return Map.of("Accept", "application/json");
        }
        var both = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "Accept",
                "application/json",
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(both));
    }

    /** Where an application is. */
    List<Endpoint> endpoints(String application) {
        return applications.endpoints(application);
    }
}
