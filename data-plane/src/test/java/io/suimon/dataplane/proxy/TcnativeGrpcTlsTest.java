package io.suimon.dataplane.proxy;

class TcnativeGrpcTlsTest extends GrpcTlsContract {

    TcnativeGrpcTlsTest() {
        super("tcnative");
    }
}
