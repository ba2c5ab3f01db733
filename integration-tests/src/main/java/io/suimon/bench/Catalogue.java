package io.suimon.bench;

import io.suimon.bench.load.H2load;
import io.suimon.bench.load.Handshakes;
import io.suimon.bench.load.Load;
import io.suimon.bench.load.Messages;
import io.suimon.bench.load.Wrk;
import java.util.List;
import java.util.Set;

/** Every case, in the order they are run. */
final class Catalogue {

    private static final Wrk SMALL = Wrk.get(50, "/100");

    /** Of gRPC: not compressed, five bytes. */
    static final String UNARY_MESSAGE = "\0\0\0\0\5hello";

    private static final Wrk KEYED = SMALL.with(List.of("apikey: bench"));

    private static final String SMALL_TITLE = "100 B, 50 connections";
    private static final String RESTING = " that rest 2 ms behind each answer";

    private static final String THREE_PLUGINS = """
            {"key-auth":{},"limit-count":{"count":1000000000,"time_window":3600,"rejected_code":429},"prometheus":{}}""";

    private static final String NINE_PLUGINS = """
            {"key-auth":{},"limit-count":{"count":1000000000,"time_window":3600,"rejected_code":429},"prometheus":{},
             "cors":{},"ip-restriction":{"whitelist":["127.0.0.0/8"]},"request-id":{},
             "proxy-rewrite":{"headers":{"set":{"X-Bench":"request"}}},
             "redirect":{"regex_uri":["^/elsewhere/(.*)","/$1"]},
             "response-rewrite":{"headers":{"set":{"X-Bench":"response"}}}}""";

    private static final String ONE_MORE = """
            {"ip-restriction":{"blacklist":["192.0.2.0/24"]}}""";

    /** What a browser sends along with a request for a page's data: 15 fields with the Host, some 900 bytes. */
    private static final List<String> BROWSER = List.of(
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
            "Accept-Encoding: gzip, deflate, br, zstd",
            "Accept-Language: en-GB,en;q=0.9,ja;q=0.8",
            "Cache-Control: max-age=0",
            "Cookie: session=7f3c9a1e5b2d4680af13579bdf02468c; theme=dark; consent=analytics.0-marketing.0; region=eu-1; "
                    + "basket=eyJpdGVtcyI6W3siaWQiOjQ4MTEsIm4iOjF9LHsiaWQiOjkwMywibiI6Mn1dfQ; visited=4811.903.77.1206; last=1795795395; experiment=checkout-b.search-a.header-c",
            "Referer: https://shop.example.com/catalogue/rivers?sort=newest&page=3",
            "Sec-Ch-Ua: \"Chromium\";v=\"131\", \"Not_A Brand\";v=\"24\"",
            "Sec-Ch-Ua-Mobile: ?0",
            "Sec-Ch-Ua-Platform: \"Linux\"",
            "Sec-Fetch-Dest: document",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Site: same-origin",
            "Upgrade-Insecure-Requests: 1");

    static final List<Scenario> ALL = List.of(
            http("small-50", SMALL_TITLE, SMALL, Extra.ALLOCATION),
            http("paced", SMALL_TITLE + RESTING, SMALL.resting(2)),
            http("small-200", "100 B, 200 connections", Wrk.get(200, "/100")),
            http("16k", "16 KiB, 50 connections", Wrk.get(50, "/16k")),
            http(
                    "paced-16k",
                    "16 KiB, 50 connections" + RESTING,
                    Wrk.get(50, "/16k").resting(2)),
            http("1m", "1 MiB, 16 connections", Wrk.get(16, "/1m")),
            http("headers", SMALL_TITLE + ", requests with the 15 fields of a browser", SMALL.with(BROWSER)),
            bodies("post-1k", "POST of 1 KiB, 50 connections", Wrk.post(50, "/bodies", 1 << 10)),
            bodies(
                    "paced-post-1k",
                    "POST of 1 KiB, 50 connections" + RESTING,
                    Wrk.post(50, "/bodies", 1 << 10).resting(2)),
            bodies("post-1m", "POST of 1 MiB, 16 connections", Wrk.post(16, "/bodies", 1 << 20)),
            protocol("tls", SMALL_TITLE + ", over TLS", Unit.REQUEST, SMALL.overTls(), Backend.HTTP),
            protocol(
                    "paced-tls",
                    SMALL_TITLE + ", over TLS," + RESTING,
                    Unit.REQUEST,
                    SMALL.overTls().resting(2),
                    Backend.HTTP),
            protocol(
                    "tls-handshakes",
                    "100 B, a new connection over TLS for each request, 50 at a time",
                    Unit.HANDSHAKE,
                    new Handshakes(50, "/100"),
                    Backend.HTTP),
            protocol(
                    "h2",
                    "100 B, HTTP/2 over TLS, 50 connections with 10 streams each",
                    Unit.REQUEST,
                    H2load.get(50, 10, "/100"),
                    Backend.HTTP),
            protocol(
                    "grpc",
                    "unary calls over gRPC, HTTP/2 over TLS, 50 connections with 10 streams each",
                    Unit.REQUEST,
                    new H2load(
                            50,
                            10,
                            "/bench.Echo/Say",
                            List.of("content-type: application/grpc", "te: trailers"),
                            UNARY_MESSAGE),
                    Backend.GRPC),
            protocol(
                    "websocket",
                    "64 B there and back through WebSockets, 50 connections",
                    Unit.MESSAGE,
                    new Messages(50, 64),
                    Backend.ECHO),
            plugins(
                    "plugins-3",
                    SMALL_TITLE + "; key-auth, limit-count and prometheus on Suimon, nothing on the others",
                    KEYED,
                    Setup.PLAIN.with(THREE_PLUGINS, "")),
            plugins(
                    "paced-plugins-3",
                    SMALL_TITLE + RESTING + "; key-auth, limit-count and prometheus on Suimon, nothing on the others",
                    KEYED.resting(2),
                    Setup.PLAIN.with(THREE_PLUGINS, "")),
            plugins(
                    "plugins-10",
                    SMALL_TITLE + "; nine plugins on Suimon's route and one in a global rule, nothing on the others",
                    KEYED,
                    Setup.PLAIN.with(NINE_PLUGINS, ONE_MORE)),
            scale(
                    "churn",
                    SMALL_TITLE + "; Suimon's configuration changes 100 times per second",
                    Setup.PLAIN,
                    Extra.CHURN),
            scale("idle-10000", SMALL_TITLE + ", beside 10,000 idle ones", Setup.PLAIN, Extra.IDLE_CONNECTIONS),
            scale(
                    "routes-10000",
                    SMALL_TITLE + "; 10,000 routes on Suimon, one on the others",
                    Setup.PLAIN.among(10_000)),
            scale(
                    "routes-100000",
                    SMALL_TITLE + "; 100,000 routes on Suimon, one on the others",
                    Setup.PLAIN.among(100_000),
                    Extra.ONE_ROUTE));

    private Catalogue() {}

    private static Scenario http(String name, String title, Load load, Extra... extras) {
        return new Scenario(name, "http", title, Unit.REQUEST, load, Setup.PLAIN, Set.of(extras));
    }

    private static Scenario bodies(String name, String title, Load load) {
        return new Scenario(name, "http", title, Unit.REQUEST, load, Setup.to(Backend.BODIES), Set.of());
    }

    private static Scenario protocol(String name, String title, Unit unit, Load load, Backend backend) {
        return new Scenario(name, "protocols", title, unit, load, Setup.to(backend), Set.of());
    }

    private static Scenario plugins(String name, String title, Load load, Setup setup) {
        return new Scenario(name, "plugins", title, Unit.REQUEST, load, setup, Set.of());
    }

    private static Scenario scale(String name, String title, Setup setup, Extra... extras) {
        return new Scenario(name, "scale", title, Unit.REQUEST, SMALL, setup, Set.of(extras));
    }
}
