package io.suimon.dataplane.listener;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.suimon.engine.routing.RouterMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of the traffic path. */
@ConfigMapping(prefix = "suimon.traffic")
public interface TrafficConfig {

    /** The address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on; 0 is any free one. */
    @WithDefault("9080")
    int port();

    /** Event loops; as many as there are processors where it is not said. */
    OptionalInt eventLoops();

    /**
     * Native epoll where it loads; false is Java's own selector. Java's sockets do not tell of a reset (RST) after the end (FIN) of a
     * client's direction: who goes away so is noticed by the next write.
     */
    @WithDefault("true")
    boolean nativeTransport();

    /** Connections the kernel holds until they are accepted. */
    @WithDefault("4096")
    int backlog();

    /** Connections of clients; one more is closed at once. */
    @WithDefault("10620")
    int maxConnections();

    /** Connections of one client address, of IPv6 of one /64 network; one more is closed at once. 0 is as many as there may be in all. */
    @WithDefault("0")
    int maxConnectionsPerAddress();

    /** Requests on one connection; it is closed after the last one. */
    @WithDefault("1000")
    int maxRequestsPerConnection();

    /** Bytes of a request body; a longer one is 413. 0 is any. */
    @WithDefault("0")
    long maxBody();

    /** Bytes per second that a request body has to bring while it is waited for; a slower client is cut off. 0 is any. */
    @WithDefault("16")
    int minBodyRate();

    /** Bytes of a request body that routing or a filter has to look at; a longer one is 413. */
    @WithDefault("1048576")
    int maxBufferedBody();

    /**
     * How routes are found: {@code radixtree_host_uri} by host, then by path; {@code radixtree_uri} by path, the host being one more
     * condition; {@code radixtree_uri_with_parameter} the same, with {@code :name} in paths.
     */
    @WithDefault("radixtree_host_uri")
    RouterMode router();

    /** What Server says. */
    @WithDefault("APISIX/3.18.0")
    String serverHeader();

    /** Whether X-APISIX-Upstream-Status is sent with every answer of an upstream. */
    @WithDefault("false")
    boolean showUpstreamStatus();

    /** Whether Apisix-Plugins tells clients which plugins their request met, and in which phases. */
    @WithDefault("false")
    boolean showPlugins();

    /** Peers, as addresses and blocks, whose X-Forwarded-* are believed. */
    Optional<List<String>> trustedAddresses();

    /** Peers, as addresses and blocks, whose X-Real-IP is believed. */
    @WithDefault("127.0.0.1")
    List<String> realIpFrom();

    Path path();

    ProxyProtocol proxyProtocol();

    Head head();

    Timeout timeout();

    UpstreamConnections upstream();

    Dns dns();

    /** What becomes of a path before it is matched, beyond decoding, dot segments and repeated slashes. */
    interface Path {

        /** Whether one slash at the end counts for nothing; what is forwarded keeps it. */
        @WithDefault("false")
        boolean deleteTailSlash();

        /** Whether {@code ;parameters} are left out of what is matched; the normal form is forwarded, with them. */
        @WithDefault("false")
        boolean normalizeLikeServlet();

        /** Whether {@code %2F} stays what it is where nothing else had to be normalised. */
        @WithDefault("false")
        boolean matchEncodedSlash();
    }

    /** A port for load balancers that say whom they speak for. */
    interface ProxyProtocol {

        /** The port on which each connection has to begin with a PROXY header, of version 1 or 2; 0 is any free one. */
        OptionalInt port();

        /** The same for HTTPS: the header comes before the handshake. None where HTTPS is switched off. */
        OptionalInt tlsPort();

        /** For the whole header. */
        @WithDefault("PT5S")
        Duration timeout();
    }

    Http2 http2();

    /** What a client may ask for in HTTP/2, per connection. */
    interface Http2 {

        /** Whether a connection may begin with HTTP/2. */
        @WithDefault("true")
        boolean enabled();

        /** Streams at a time; one more is refused. */
        @WithDefault("128")
        int maxStreams();

        /** Bytes of a request's body that wait here until the endpoint takes them. */
        @WithDefault("262144")
        int window();

        /** The same of all streams of a connection together. */
        @WithDefault("1048576")
        int connectionWindow();

        /**
         * Streams that the client gives up within a second of their begin, beyond as many as it lets come to their end; and streams that
         * the gateway resets. In a second; one more ends the connection.
         */
        @WithDefault("100")
        int maxResetsPerSecond();

        /** PING and SETTINGS frames within a second; one more ends the connection. */
        @WithDefault("10000")
        int maxControlFramesPerSecond();

        /** DATA frames without data in a row; one more ends the connection. */
        @WithDefault("10")
        int maxEmptyFrames();

        /** Small CONTINUATION frames of one head; one more ends the connection. */
        @WithDefault("16")
        int maxSmallContinuations();

        /** For a client that takes nothing of a response, though it is there; its stream is reset. */
        @WithDefault("PT30S")
        Duration stallTimeout();
    }

    /** Bounds of heads, of requests and of responses. */
    interface Head {

        /** Bytes of a whole head; more is 431. */
        @WithDefault("32768")
        int maxBytes();

        /** Bytes of a request line; more is 414. */
        @WithDefault("8192")
        int maxLine();

        /** Header fields; more is 431. */
        @WithDefault("100")
        int maxFields();

        /** Bytes of the fields after a chunked body. */
        @WithDefault("8192")
        int maxTrailers();
    }

    /** How long to wait for clients. */
    interface Timeout {

        /** For a whole head, from its first byte. */
        @WithDefault("PT60S")
        Duration head();

        /** Between two parts of a body. */
        @WithDefault("PT60S")
        Duration body();

        /** Over which its rate is taken. */
        @WithDefault("PT30S")
        Duration bodyRate();

        /** For the next request. */
        @WithDefault("PT60S")
        Duration idle();

        /** For a client that takes nothing of its response. */
        @WithDefault("PT10S")
        Duration send();

        /** For a plugin that waits for something. */
        @WithDefault("PT60S")
        Duration plugin();

        /** For a request on a kept connection once the process is told to stop: it is answered, with the word that it is the last. */
        @WithDefault("PT2S")
        Duration lastRequest();
    }

    /** Bounds per event loop and endpoint. */
    interface UpstreamConnections {

        /** Open at a time, idle ones included. */
        @WithDefault("4096")
        int maxConnections();

        /** Requests that wait for a connection; one more is 503. */
        @WithDefault("1024")
        int maxPending();

        /** Idle connections kept, where the upstream does not say. */
        @WithDefault("320")
        int keepalive();

        /** How long an idle connection is kept, where the upstream does not say. */
        @WithDefault("PT60S")
        Duration keepaliveTimeout();

        /** Requests on one connection, where the upstream does not say. */
        @WithDefault("1000")
        int keepaliveRequests();

        OriginHttp2 http2();

        RetryBudget retryBudget();

        /** How many requests of an upstream may be sent to it again after a try that failed, so that its clients do not finish it off. */
        interface RetryBudget {

            /** Whether there is such a bound; without, every request may be tried as often as its upstream says. */
            @WithDefault("true")
            boolean enabled();

            /** Of the requests to the upstream in the last ten seconds. */
            @WithDefault("20")
            int percent();

            /** In any second, however few requests there are; divided among the event loops, and one for each at least. */
            @WithDefault("3")
            int minPerSecond();
        }

        /** Of one connection of HTTP/2, to an upstream of the scheme grpc or grpcs. */
        interface OriginHttp2 {

            /** Requests at a time, where the endpoint allows as many; for more, further connections are made. */
            @WithDefault("128")
            int maxStreams();

            /** Bytes of one response that wait here until the client takes them. */
            @WithDefault("262144")
            int window();

            /** PING and SETTINGS frames within a second; one more ends the connection. */
            @WithDefault("10000")
            int maxControlFramesPerSecond();

            /** DATA frames without data in a row; one more ends the connection. */
            @WithDefault("10")
            int maxEmptyFrames();

            /** Small CONTINUATION frames of one head; one more ends the connection. */
            @WithDefault("16")
            int maxSmallContinuations();

            /** Bytes of a request's body that are kept until it is answered, to send them again where it was refused unseen. */
            @WithDefault("16384")
            int replayBuffer();
        }
    }

    /** How names of endpoints are looked up; the hosts file comes first. */
    interface Dns {

        /** Addresses of servers, asked in turn, with or without a port; those of /etc/resolv.conf where it is not said. */
        Optional<List<String>> servers();

        /** Whether the search domains of /etc/resolv.conf are tried, too. */
        @WithDefault("false")
        boolean search();

        /** For one answer of one server. */
        @WithDefault("PT2S")
        Duration timeout();

        /** An answer is remembered no shorter than this, whatever it says; in seconds. */
        @WithDefault("1")
        int minTtl();

        /** Nor longer than this, in seconds. */
        @WithDefault("300")
        int maxTtl();

        /** How long it is remembered that there is no such name, in seconds. */
        @WithDefault("1")
        int negativeTtl();

        /** After which a request goes to the addresses known before, while an answer is waited for. */
        @WithDefault("PT0.2S")
        Duration patience();

        /** How long addresses known before are good for while no server answers; 0 is not at all. */
        @WithDefault("PT24H")
        Duration stale();
    }
}
