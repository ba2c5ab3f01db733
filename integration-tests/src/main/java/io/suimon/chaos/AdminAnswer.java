package io.suimon.chaos;

import io.suimon.harness.ControlPlaneSite;
import java.io.UncheckedIOException;

/**
 * What a control plane answered, or that it did not.
 *
 * @param status 0 where there was no answer
 */
record AdminAnswer(int status, String body) {

    private static final int SUMMARY = 240;

    static AdminAnswer to(ControlPlaneSite site, String method, String path, String body) {
        try {
            var answer = site.admin(method, path, body);
            return new AdminAnswer(answer.statusCode(), answer.body());
        } catch (UncheckedIOException e) {
            return new AdminAnswer(0, String.valueOf(e.getCause()));
        }
    }

    boolean good() {
        return status == 200 || status == 201;
    }

    /** Refused as the Admin API says it when the store is away, with a word on whether it may still take effect. */
    boolean refusal() {
        return status == 503 && body.contains("\"may_take_effect\":");
    }

    /** Whether the write may have been carried out although it was not acknowledged. */
    boolean mayTakeEffect() {
        return !good() && !(refusal() && body.contains("\"may_take_effect\":false"));
    }

    String summary() {
        var line = body.replaceAll("\\s+", " ").strip();
        return status + " " + (line.length() > SUMMARY ? line.substring(0, SUMMARY) : line);
    }

    /** The same, with which of the control planes it was, counted from 0. */
    String summary(int site) {
        return "control plane " + (site + 1) + ": " + summary();
    }
}
