package io.suimon.controlplane.store.etcd;

import io.suimon.process.InvalidSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** The address of one etcd member. */
record EtcdEndpoint(String host, int port, boolean tls) {

    static final String SETTING = "suimon.store.etcd.endpoints";

    static List<EtcdEndpoint> parse(List<String> texts) {
        var endpoints =
                texts.stream().map(text -> parse(text.strip())).distinct().toList();
        if (endpoints.isEmpty()) {
            throw new InvalidSettingException(SETTING, texts, "at least one endpoint");
        }
        if (endpoints.stream().map(EtcdEndpoint::tls).distinct().count() > 1) {
            throw new InvalidSettingException(SETTING, texts, "http or https for all");
        }
        return endpoints;
    }

    private static EtcdEndpoint parse(String text) {
        try {
            var uri = new URI(text);
            boolean tls = "https".equals(uri.getScheme());
            boolean plain = "http".equals(uri.getScheme());
            boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty() || "/".equals(uri.getRawPath());
            boolean address = uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65_535;
            if ((tls || plain) && bare && address && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return new EtcdEndpoint(uri.getHost(), uri.getPort(), tls);
            }
        } catch (URISyntaxException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static InvalidSettingException refused(String text) {
        // A password in the address is not to be printed.
        var printed = text.replaceAll("//.*@", "//***@");
        return new InvalidSettingException(SETTING, printed, "http://host:port or https://host:port");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
