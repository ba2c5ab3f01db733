package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.engine.net.CidrBlock;
import java.util.List;

/**
 * How exchanges are treated.
 *
 * @param times how long to wait for clients
 * @param requestsPerConnection a connection is closed after so many
 * @param bufferedBody bytes of a request body that is read before it is forwarded; a longer one is 413
 * @param serverToken what Server says
 * @param showUpstreamStatus whether X-APISIX-Upstream-Status is always sent
 * @param trusted peers whose X-Forwarded-* are believed; empty means nobody's are but X-Forwarded-For is passed on
 * @param realIpFrom peers whose X-Real-IP is believed
 */
public record ProxySettings(
        Http1Limits http,
        ClientTimes times,
        int requestsPerConnection,
        int bufferedBody,
        String serverToken,
        boolean showUpstreamStatus,
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
     */
    public record ClientTimes(long head, long body, long idle, long send, long suspended) {}

    public ProxySettings {
        trusted = List.copyOf(trusted);
        realIpFrom = List.copyOf(realIpFrom);
    }
}
