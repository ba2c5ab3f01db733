package io.suimon.dataplane.proxy;

class TcnativeHttpsTest extends HttpsContract {

    TcnativeHttpsTest() {
        super("tcnative");
    }
}
