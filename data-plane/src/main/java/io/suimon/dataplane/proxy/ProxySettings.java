package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.engine.net.CidrBlock;
import java.util.List;

/**
 * How exchanges are treated.
 *
 * @param times how long to wait for clients
 * @param paths what becomes of paths before they are matched
 * @param requestsPerConnection a connection is closed after so many
 * @param bodies how much of a request body is taken
 * @param serverToken what Server says
 * @param showUpstreamStatus whether X-APISIX-Upstream-Status is always sent
 * @param showPlugins whether Apisix-Plugins is sent
 * @param trusted peers whose X-Forwarded-* are believed; empty means nobody's are but X-Forwarded-For is passed on
 * @param realIpFrom peers whose X-Real-IP is believed
 */
public record ProxySettings(
        Http1Limits http,
        ClientTimes times,
        PathOptions paths,
        int requestsPerConnection,
        BodyLimits bodies,
        String serverToken,
        boolean showUpstreamStatus,
        boolean showPlugins,
        List<CidrBlock> trusted,
        List<CidrBlock> realIpFrom) {

    /**
     * How long to wait for clients, in nanoseconds.
     *
     * @param head for a whole head, from its first byte
     * @param body between two parts of a body
     * @param idle for the next request
     * @param send between two parts of a response that the client takes
     * @param suspended for a filter that waits
     * @param lastRequest for a request on a connection that is kept, once the process is to stop
     */
    public record ClientTimes(long head, long body, long idle, long send, long suspended, long lastRequest) {}

    /**
     * How much of a request body is taken.
     *
     * @param buffered bytes of one that is read before it is forwarded; a longer one is 413
     * @param total bytes of any; a longer one is 413
     * @param minRate bytes per second that one has to bring; 0 is any
     * @param rateNanos over how long that is taken
     * @param replayed bytes of one that may be sent again where a stream was refused unseen
     */
    public record BodyLimits(int buffered, long total, int minRate, long rateNanos, int replayed) {}

    public ProxySettings {
        trusted = List.copyOf(trusted);
        realIpFrom = List.copyOf(realIpFrom);
    }
}
