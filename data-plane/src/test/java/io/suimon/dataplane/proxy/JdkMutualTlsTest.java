package io.suimon.dataplane.proxy;

class JdkMutualTlsTest extends MutualTlsContract {

    JdkMutualTlsTest() {
        super("jdk");
    }
}
