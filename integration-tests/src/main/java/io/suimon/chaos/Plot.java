package io.suimon.chaos;

import java.util.Locale;

/**
 * An SVG picture with time to the right: axes, the band in which the fault held, and what is drawn into it. Not thread-safe.
 *
 * <p>Seconds and values are in the units of the axes.
 */
final class Plot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 230;
    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 30;
    private static final int BOTTOM = 34;
    private static final double LANE_GAP = 0.15;

    /** Seconds between two times on the axis. */
    private static final double[] STEPS = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600};

    private final StringBuilder svg = new StringBuilder();
    private final double seconds;
    private final double top;

    /**
     * @param title says what is drawn and in which unit
     * @param seconds the length of the time axis
     * @param top the highest value of the other axis
     */
    Plot(String title, double seconds, double top) {
        this.seconds = Math.max(1, seconds);
        this.top = top;
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, HEIGHT, HtmlReport.escaped(title)));
        svg.append("<text class=\"title\" x=\"%d\" y=\"16\">%s</text>\n".formatted(LEFT, HtmlReport.escaped(title)));
    }

    /** Shades the time in which the fault held. */
    Plot fault(double from, double to) {
        svg.append("<rect class=\"fault\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n"
                .formatted(number(x(from)), TOP, number(x(to) - x(from)), HEIGHT - TOP - BOTTOM));
        return this;
    }

    /** Draws the axes; what comes later lies above them. */
    Plot axes() {
        for (int i = 0; i <= 4; i++) {
            double value = top * i / 4;
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%3$s\" y2=\"%3$s\"/>\n"
                    .formatted(LEFT, WIDTH - RIGHT, number(y(value))));
            svg.append("<text class=\"tick\" x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
                    .formatted(LEFT - 6, number(y(value) + 4), label(value)));
        }
        return times();
    }

    /** Draws the axis of time alone. */
    Plot times() {
        double step = step(seconds / 8);
        for (double at = 0; at <= seconds; at += step) {
            svg.append("<text class=\"tick\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s s</text>\n"
                    .formatted(number(x(at)), HEIGHT - BOTTOM + 18, label(at)));
        }
        return this;
    }

    /** The first round step that is no shorter. */
    private static double step(double least) {
        for (double step : STEPS) {
            if (step >= least) {
                return step;
            }
        }
        return 3_600 * Math.ceil(least / 3_600);
    }

    /** Names one of so many lanes, counted from the top. */
    Plot lane(int lane, int lanes, String name) {
        svg.append("<text class=\"tick\" x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
                .formatted(
                        LEFT - 6, number(laneTop(lane, lanes) + laneHeight(lanes) / 2 + 4), HtmlReport.escaped(name)));
        return this;
    }

    /** Colours a lane from one moment to another. */
    Plot stretch(String kind, int lane, int lanes, double from, double to) {
        double gap = laneHeight(lanes) * LANE_GAP;
        svg.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
                .formatted(
                        kind,
                        number(x(from)),
                        number(laneTop(lane, lanes) + gap),
                        number(Math.max(0, x(to) - x(from))),
                        number(laneHeight(lanes) - 2 * gap)));
        return this;
    }

    private static double laneHeight(int lanes) {
        return (HEIGHT - TOP - BOTTOM) / (double) lanes;
    }

    private static double laneTop(int lane, int lanes) {
        return TOP + lane * laneHeight(lanes);
    }

    /** A line through points in order of time. */
    Plot line(String kind, double[] times, double[] values) {
        var points = new StringBuilder();
        for (int i = 0; i < times.length; i++) {
            points.append(number(x(times[i])))
                    .append(',')
                    .append(number(y(values[i])))
                    .append(' ');
        }
        svg.append("<polyline class=\"%s\" points=\"%s\"/>\n".formatted(kind, points));
        return this;
    }

    Plot dot(String kind, double time, double value) {
        svg.append("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2.6\"/>\n"
                .formatted(kind, number(x(time)), number(y(value))));
        return this;
    }

    /** Says what a colour means, so many pixels from the left. */
    Plot legend(int from, String kind, String text) {
        svg.append(
                "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"3.5\"/><text class=\"tick\" x=\"%d\" y=\"%d\">%s</text>\n"
                        .formatted(
                                kind, LEFT + from, HEIGHT - 7, LEFT + from + 8, HEIGHT - 3, HtmlReport.escaped(text)));
        return this;
    }

    String end() {
        return svg.append("</svg>\n").toString();
    }

    private double x(double time) {
        return LEFT + Math.clamp(time / seconds, 0, 1) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - Math.clamp(value / top, 0, 1) * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String label(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
