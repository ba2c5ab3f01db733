package io.suimon.dataplane.proxy;

class JdkGrpcTlsTest extends GrpcTlsContract {

    JdkGrpcTlsTest() {
        super("jdk");
    }
}
