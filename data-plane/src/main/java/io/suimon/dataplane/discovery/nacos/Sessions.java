package io.suimon.dataplane.discovery.nacos;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.dataplane.discovery.http.AnswerJson;
import io.suimon.dataplane.discovery.http.HostSettings;
import io.suimon.dataplane.discovery.http.RegistryClient;
import io.suimon.dataplane.discovery.http.RegistryClient.Question;
import io.suimon.dataplane.discovery.http.RegistryServer;
import io.suimon.dataplane.discovery.http.RegistryServer.Login;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of servers that have to be logged in to, each renewed before it ends. Thread-safe; who needs a token waits until somebody has
 * got it.
 */
final class Sessions {

    /** A token is used for no longer than this part of its life, in tenths. */
    private static final long LIFE_USED = 8;

    private static final long MAX_TOKEN_SECONDS = TimeUnit.DAYS.toSeconds(365);
    private static final int MAX_TOKEN = 8192;

    private final RegistryClient client;
    private final HostSettings settings;
    private final LongSupplier nanoTime;
    private final Map<RegistryServer, Session> sessions = new ConcurrentHashMap<>();

    Sessions(RegistryClient client, HostSettings settings, LongSupplier nanoTime) {
        this.client = client;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    private static final class Session {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable String token; // guarded by the lock, as is its end
        private long end;
    }

    /** The parameter that shows a server its token; empty where it has no users. */
    String parameter(RegistryServer server) throws IOException, InterruptedException {
        var login = server.login();
        return login == null ? "" : "&accessToken=" + RegistryServer.encoded(token(server, login));
    }

    private String token(RegistryServer server, Login login) throws IOException, InterruptedException {
        var session = sessions.computeIfAbsent(server, one -> new Session());
        session.lock.lockInterruptibly();
        try {
            var token = session.token;
            if (token == null || nanoTime.getAsLong() - session.end >= 0) {
                token = login(server, login, session);
            }
            return token;
        } finally {
            session.lock.unlock();
        }
    }

    private String login(RegistryServer server, Login login, Session session) throws IOException, InterruptedException {
        session.token = null;
        var form = "username=%s&password=%s"
                .formatted(RegistryServer.encoded(login.user()), RegistryServer.encoded(login.password()));
        var question = new Question(settings.prefix() + "auth/login", Map.of(), form);
        var answer = client.ask(server, question, settings.times().answer());
        if (answer.status() != 200) {
            throw answer.failure("status " + answer.status() + " at the login", "200");
        }
        var json = AnswerJson.of(answer);
        var token = json.path("accessToken").asText();
        if (!token.matches("[!-~]{1," + MAX_TOKEN + "}")) {
            throw answer.failure("no accessToken at the login", "one");
        }
        session.token = token;
        session.end = nanoTime.getAsLong() + life(json.path("tokenTtl")).toNanos();
        return token;
    }

    /** How long a token is used that the server says lives so many seconds. */
    private Duration life(JsonNode seconds) {
        long said = seconds.isIntegralNumber() && seconds.canConvertToLong() ? seconds.longValue() : 0;
        var used = Duration.ofMillis(Math.clamp(said, 0, MAX_TOKEN_SECONDS) * LIFE_USED * 100);
        return used.compareTo(settings.fetchInterval()) < 0 ? settings.fetchInterval() : used;
    }

    /** A server refused its token: the next one is asked for. */
    void forget(RegistryServer server) {
        sessions.remove(server);
    }
}
