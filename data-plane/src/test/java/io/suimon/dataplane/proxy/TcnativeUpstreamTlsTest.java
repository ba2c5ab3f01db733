package io.suimon.dataplane.proxy;

class TcnativeUpstreamTlsTest extends UpstreamTlsContract {

    TcnativeUpstreamTlsTest() {
        super("tcnative");
    }
}
