package io.suimon.dataplane.control;

/** What the Control API says. */
record ControlReply(int status, String contentType, String body) {

    static ControlReply json(int status, String body) {
        return new ControlReply(status, ManagementReply.JSON, body);
    }

    static ControlReply text(String body) {
        return new ControlReply(200, ManagementReply.TEXT, body);
    }

    static ControlReply html(String body) {
        return new ControlReply(200, "text/html", body);
    }
}
