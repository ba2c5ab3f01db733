package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.Reasons;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** The HTML pages of statuses that come without a body, as nginx has them. Made once. */
final class StandardPage {

    private static final int[] STATUSES = {
        301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 421, 429,
        500, 501, 502, 503, 504, 505, 507
    };
    private static final byte[][] PAGES = new byte[600][];

    static {
        for (int status : STATUSES) {
            PAGES[status] = WireText.bytes(html(status + " " + title(status)));
        }
    }

    private StandardPage() {}

    private static String title(int status) {
        return switch (status) {
            case 302 -> "Found";
            case 401 -> "Authorization Required";
            default -> Reasons.of(status);
        };
    }

    private static String html(String title) {
        return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                + "</h1></center>\r\n<hr><center>openresty</center>\r\n"
                + "<p><em>Powered by <a href=\"https://apisix.apache.org/\">APISIX</a>.</em></p></body>\r\n</html>\r\n";
    }

    /** The page of a status, or null when it has none. */
    static byte @Nullable [] of(int status) {
        return status >= 0 && status < PAGES.length ? PAGES[status] : null;
    }
}
