package io.suimon.dataplane.discovery.kubernetes;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where an API server has what is asked for. Immutable.
 *
 * @param url of a collection, with the conditions on what is in it as its query
 */
record ApiPaths(String url) {

    /** Objects of one part of a list. */
    private static final int PAGE = 500;

    /** @param server {@code https://host:port} */
    static ApiPaths of(String server, boolean slices, NamespaceFilter namespaces, String labelSelector) {
        var group = slices ? "/apis/discovery.k8s.io/v1" : "/api/v1";
        var namespace = namespaces.only().isEmpty() ? "" : "/namespaces/" + namespaces.only();
        var kind = slices ? "/endpointslices" : "/endpoints";
        var url = new StringBuilder(server)
                .append(group)
                .append(namespace)
                .append(kind)
                .append('?');
        if (!labelSelector.isEmpty()) {
            url.append("labelSelector=").append(encoded(labelSelector)).append('&');
        }
        if (!namespaces.without().isEmpty()) {
            url.append("fieldSelector=")
                    .append(encoded("metadata.namespace!=" + namespaces.without()))
                    .append('&');
        }
        return new ApiPaths(url.toString());
    }

    /** @param position where the part before ended; empty for the first part */
    URI list(String position) {
        return URI.create(url + "limit=" + PAGE + (position.isEmpty() ? "" : "&continue=" + encoded(position)));
    }

    /** @param version of what is known */
    URI watch(String version, long seconds) {
        return URI.create(url + "watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds + "&resourceVersion="
                + encoded(version));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
