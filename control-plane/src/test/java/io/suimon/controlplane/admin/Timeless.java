package io.suimon.controlplane.admin;

import java.net.http.HttpResponse;

/** JSON texts of which only when, and at which revision, cannot be told beforehand. */
final class Timeless {

    private Timeless() {}

    /** The body with T for times of now and N for revisions. */
    static String body(HttpResponse<String> response) {
        return text(response.body()).replaceAll("Index\":[0-9]+", "Index\":N");
    }

    /** The text with T for times of now; those of fixtures, which begin with 169 or 1700, stay. */
    static String text(String json) {
        return json.replaceAll("(create_time|update_time)\":(?!169|1700)[0-9]{10}", "$1\":T");
    }
}
