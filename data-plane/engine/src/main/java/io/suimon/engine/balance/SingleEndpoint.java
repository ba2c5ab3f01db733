package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import java.util.BitSet;

/** An upstream with one endpoint: that one, always, tried and unhealthy or not. */
final class SingleEndpoint implements LoadBalancer {

    static final SingleEndpoint INSTANCE = new SingleEndpoint();

    private SingleEndpoint() {}

    @Override
    public int pick(Exchange exchange, BitSet excluded) {
        return 0;
    }
}
