package io.suimon.dataplane.proxy;

class TcnativeMutualTlsTest extends MutualTlsContract {

    TcnativeMutualTlsTest() {
        super("tcnative");
    }
}
