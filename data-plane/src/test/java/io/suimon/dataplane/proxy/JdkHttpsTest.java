package io.suimon.dataplane.proxy;

class JdkHttpsTest extends HttpsContract {

    JdkHttpsTest() {
        super("jdk");
    }
}
