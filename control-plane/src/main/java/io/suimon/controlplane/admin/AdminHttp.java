package io.suimon.controlplane.admin;

import io.quarkus.virtual.threads.VirtualThreads;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.security.Access;
import io.suimon.controlplane.security.AddressBlock;
import io.suimon.controlplane.security.AdminKeys;
import io.suimon.process.InvalidSettingException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The Admin API on the wire: who may come in, how much they may send, and the exact form of what they get.
 *
 * <p>Runs on the event loop until the body is read; {@link AdminApi} then runs on a thread of its own.
 */
@Singleton
final class AdminHttp {

    private static final Logger LOG = Logger.getLogger(AdminHttp.class);
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "PATCH", "DELETE");

    /** No Content and Not Modified have no body, nor a type of one. */
    private static final Set<Integer> BODILESS = Set.of(204, 304);

    private final AdminApi api;
    private final AdminKeys keys;
    private final List<AddressBlock> allowed;
    private final AdminConfig config;
    private final AdminSurface surface;
    private final Cors cors;
    private final AdminMetrics metrics;
    private final Vertx vertx;
    private final ExecutorService threads;
    private final RequestGate gate;

    /** @param threads one per request */
    AdminHttp(
            AdminApi api,
            AdminKeys keys,
            AdminConfig config,
            AdminMetrics metrics,
            Vertx vertx,
            @VirtualThreads ExecutorService threads) {
        this.api = api;
        this.keys = keys;
        this.allowed = config.allow().stream().map(AdminHttp::block).toList();
        this.config = config;
        this.surface = new AdminSurface(config.mode());
        this.cors = new Cors(config.cors());
        this.metrics = metrics;
        this.vertx = vertx;
        this.threads = threads;
        this.gate = new RequestGate(config.maxRequests());
    }

    private static AddressBlock block(String text) {
        try {
            return AddressBlock.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("suimon.admin.allow", text, "IP addresses and blocks such as 10.0.0.0/8");
        }
    }

    /** Takes every request of the listener. */
    void handle(HttpServerRequest request) {
        var target = RequestTarget.parse(request.path(), request.query());
        if (target.isEmpty()) {
            page(request, 400);
        } else if (!isAllowed(request)) {
            metrics.denied("address");
            page(request, 403);
        } else if (target.get().isBelow("apisix", "admin")) {
            admin(request, target.get());
        } else if (target.get().isBelow("suimon", "v1")) {
            own(request, target.get());
        } else {
            page(request, 404);
        }
    }

    /** Refuses what comes from now on. Returns when nothing is under way, or after so long. */
    void drain(Duration atMost) throws InterruptedException {
        gate.close(atMost);
    }

    private void admin(HttpServerRequest request, RequestTarget target) {
        var response = request.response();
        response.putHeader("Server", config.serverHeader());
        var method = request.method().name();
        boolean root = target.segments().size() == 2 && !target.trailingSlash();
        if (method.equals("OPTIONS") && cors.enabled()) {
            Cors.preflight(response);
            AnnouncedBody.answer(request, Buffer.buffer());
            return;
        }
        cors.mark(response);
        if (method.equals("HEAD") && root) {
            response.putHeader("Content-Type", "application/json");
            AnnouncedBody.answer(request, Buffer.buffer());
        } else if (method.equals("TRACE")) {
            page(request, 405);
        } else if (root || !surface.handles(method, below(target))) {
            page(request, 404);
        } else {
            authorize(request, target);
        }
    }

    private static List<String> below(RequestTarget target) {
        return target.segments().subList(2, target.segments().size());
    }

    private void own(HttpServerRequest request, RequestTarget target) {
        request.response().putHeader("Server", config.serverHeader());
        if (METHODS.contains(request.method().name())) {
            authorize(request, target);
        } else {
            page(request, 405);
        }
    }

    /** The key comes before everything the request is about. */
    private void authorize(HttpServerRequest request, RequestTarget target) {
        switch (keys.check(
                presentedKey(request, target.query()), request.method().name())) {
            case Access.Denied(var description) -> {
                metrics.denied(description);
                send(
                        request,
                        AdminAnswer.json(
                                401,
                                Json.newObject()
                                        .put("error_msg", "failed to check token")
                                        .put("description", description)));
            }
            case Access.Granted granted -> receive(request, target, granted);
        }
    }

    private static @Nullable String presentedKey(HttpServerRequest request, QueryString query) {
        var argument = query.first("api_key");
        if (argument.isPresent()) {
            return argument.get();
        }
        var header = request.getHeader("X-API-KEY");
        if (header != null) {
            return header;
        }
        var cookie = request.getCookie("x_api_key");
        return cookie == null ? null : cookie.getValue();
    }

    /** What is wrong with the body can be told before it is sent. */
    private void receive(HttpServerRequest request, RequestTarget target, Access.Granted access) {
        var announced = AnnouncedBody.of(request);
        if (announced.expectsOther()) {
            var expectation = "Expect: " + announced.expectation() + " (expected: 100-continue)";
            send(request, api.stamped(AdminAnswer.error(417, expectation)));
        } else if (announced.size() > AdminApi.MAX_BODY) {
            send(request, api.stamped(tooLarge(announced.size())));
        } else {
            enter(request, target, access, announced);
        }
    }

    private void enter(
            HttpServerRequest request, RequestTarget target, Access.Granted access, AnnouncedBody announced) {
        var refusal = gate.enter();
        if (refusal != null) {
            send(request, api.stamped(AdminAnswer.error(503, refusal)));
            return;
        }
        if (announced.expectsContinue()) {
            request.response().writeContinue();
        }
        new BodyReader(vertx, request, AdminApi.MAX_BODY, config.bodyTimeout()).read(body -> {
            switch (body) {
                case BodyReader.Body.Whole(var bytes) -> run(request, adminRequest(request, target, bytes, access));
                case BodyReader.Body.TooLarge(var size) -> finish(request, tooLarge(size));
                case BodyReader.Body.Late() -> {
                    gate.leave();
                    page(request, 408);
                }
                case BodyReader.Body.Malformed() -> {
                    gate.leave();
                    page(request, 400);
                }
                case BodyReader.Body.Broken() -> gate.leave();
            }
        });
    }

    private static AdminAnswer tooLarge(long size) {
        return AdminAnswer.error(
                400,
                "invalid request body: request size " + size + " is greater than the maximum size " + AdminApi.MAX_BODY
                        + " allowed");
    }

    private static AdminRequest adminRequest(
            HttpServerRequest request, RequestTarget target, byte[] body, Access.Granted access) {
        return new AdminRequest(
                target.segments().getFirst().equals("apisix") ? AdminRequest.Area.APISIX : AdminRequest.Area.SUIMON,
                request.method().name(),
                below(target),
                target.query(),
                body,
                RequestHeaders.of(request),
                Condition.of(request.getHeader("If-Match"), request.getHeader("If-None-Match")),
                access.keyName(),
                access.role(),
                String.valueOf(request.remoteAddress()));
    }

    private void run(HttpServerRequest request, AdminRequest admin) {
        var sample = metrics.start();
        Future.fromCompletionStage(
                        CompletableFuture.supplyAsync(() -> answer(admin), threads), vertx.getOrCreateContext())
                .onComplete(result -> {
                    var sent = result.succeeded() ? result.result() : failed(admin, result.cause());
                    metrics.answered(sample, admin, sent.status());
                    finish(request, sent);
                });
    }

    private AdminAnswer answer(AdminRequest admin) {
        try {
            return api.handle(admin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AdminAnswer.error(503, "shutting down");
        }
    }

    private static AdminAnswer failed(AdminRequest admin, Throwable failure) {
        LOG.errorf(failure, "%s %s failed: this is a defect", admin.method(), String.join("/", admin.segments()));
        return AdminAnswer.error(500, "internal error");
    }

    private void finish(HttpServerRequest request, AdminAnswer answer) {
        gate.leave();
        send(request, api.stamped(answer));
    }

    private void send(HttpServerRequest request, AdminAnswer answer) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status()).putHeader("Server", config.serverHeader());
        if (BODILESS.contains(answer.status())) {
            response.end();
            return;
        }
        response.putHeader("Content-Type", answer.contentType()).setChunked(true);
        AnnouncedBody.answer(request, Buffer.buffer(answer.body()));
    }

    private static void page(HttpServerRequest request, int status) {
        var response = request.response();
        if (!response.headers().contains("Server")) {
            response.putHeader("Server", "openresty");
        }
        response.setStatusCode(status).putHeader("Content-Type", "text/html; charset=utf-8");
        AnnouncedBody.answer(request, Buffer.buffer(ErrorPages.of(status)));
    }

    private boolean isAllowed(HttpServerRequest request) {
        var peer = request.remoteAddress().hostAddress();
        try {
            var address = InetAddress.getByName(peer);
            return allowed.stream().anyMatch(block -> block.contains(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
