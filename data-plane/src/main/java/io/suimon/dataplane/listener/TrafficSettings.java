package io.suimon.dataplane.listener;

import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.proxy.PathOptions;
import io.suimon.dataplane.proxy.ProxySettings;
import io.suimon.dataplane.proxy.ProxySettings.BodyLimits;
import io.suimon.dataplane.proxy.ProxySettings.ClientTimes;
import io.suimon.dataplane.upstream.DnsSettings;
import io.suimon.dataplane.upstream.Http2OriginLimits;
import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.dataplane.upstream.RetryAllowance;
import io.suimon.dataplane.upstream.UpstreamLimits;
import io.suimon.engine.net.CidrBlock;
import io.suimon.engine.resource.Upstream.KeepalivePool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each part of the traffic path is told of the settings. */
final class TrafficSettings {

    private TrafficSettings() {}

    static ProxySettings proxy(TrafficConfig config) {
        var head = config.head();
        var timeout = config.timeout();
        return new ProxySettings(
                new Http1Limits(head.maxBytes(), head.maxLine(), head.maxFields(), head.maxTrailers()),
                new ClientTimes(
                        timeout.head().toNanos(),
                        timeout.body().toNanos(),
                        timeout.idle().toNanos(),
                        timeout.send().toNanos(),
                        timeout.plugin().toNanos(),
                        timeout.lastRequest().toNanos()),
                new PathOptions(
                        config.path().deleteTailSlash(),
                        config.path().normalizeLikeServlet(),
                        config.path().matchEncodedSlash()),
                config.maxRequestsPerConnection(),
                bodies(config),
                config.serverHeader(),
                config.showUpstreamStatus(),
                config.showPlugins(),
                blocks(config.trustedAddresses().orElse(List.of())),
                blocks(config.realIpFrom()));
    }

    private static BodyLimits bodies(TrafficConfig config) {
        return new BodyLimits(
                config.maxBufferedBody(),
                config.maxBody() == 0 ? Long.MAX_VALUE : config.maxBody(),
                config.minBodyRate(),
                config.timeout().bodyRate().toNanos(),
                config.upstream().http2().replayBuffer());
    }

    /** The gateway's own heads may be longer than those it takes: filters and the gateway add to them. */
    static Http2Limits http2(TrafficConfig config) {
        var http2 = config.http2();
        var head = config.head();
        return new Http2Limits(
                http2.maxStreams(),
                http2.window(),
                http2.connectionWindow(),
                http2.maxResetsPerSecond(),
                http2.maxControlFramesPerSecond(),
                http2.maxEmptyFrames(),
                http2.maxSmallContinuations(),
                http2.stallTimeout().toNanos(),
                new Http1Limits(
                        2 * head.maxBytes(), 2 * head.maxBytes(), 2 * head.maxFields(), 2 * head.maxTrailers()));
    }

    private static List<CidrBlock> blocks(List<String> texts) {
        return texts.stream().map(CidrBlock::parse).toList();
    }

    /** @param loops how many event loops share what is said for all of them */
    static UpstreamLimits upstream(TrafficConfig config, int loops) {
        var upstream = config.upstream();
        var http2 = upstream.http2();
        return new UpstreamLimits(
                upstream.maxConnections(),
                upstream.maxPending(),
                new KeepalivePool(upstream.keepalive(), upstream.keepaliveTimeout(), upstream.keepaliveRequests()),
                new Http2OriginLimits(
                        http2.maxStreams(),
                        http2.window(),
                        http2.maxControlFramesPerSecond(),
                        http2.maxEmptyFrames(),
                        http2.maxSmallContinuations()),
                retries(upstream.retryBudget(), loops));
    }

    private static @Nullable RetryAllowance retries(TrafficConfig.UpstreamConnections.RetryBudget budget, int loops) {
        return budget.enabled() ? new RetryAllowance(budget.percent(), budget.minPerSecond()).perLoop(loops) : null;
    }

    static DnsSettings dns(TrafficConfig config) {
        var dns = config.dns();
        return new DnsSettings(
                dns.servers().orElse(List.of()).stream()
                        .map(NameResolver::server)
                        .toList(),
                dns.search(),
                dns.timeout(),
                dns.minTtl(),
                dns.maxTtl(),
                dns.negativeTtl(),
                dns.patience(),
                dns.stale());
    }
}
