package io.suimon.dataplane.proxy;

class JdkUpstreamTlsTest extends UpstreamTlsContract {

    JdkUpstreamTlsTest() {
        super("jdk");
    }
}
