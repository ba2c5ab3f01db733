package io.suimon.bench.admin;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The routes the benchmark writes: some 300 bytes each as stored, as routes of people are. */
final class Routes {

    static final String LABEL_OF_ALL = "env";

    /** How many routes share a label, and a first segment of their path. */
    private static final int PER_TEAM = 1000;

    private Routes() {}

    /** The path of a route below the Admin API. */
    static String path(int number) {
        return "routes/" + name(number);
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "route-%06d", number);
    }

    /** A label that 1,000 routes have. */
    static String label(int number) {
        return "team-" + number / PER_TEAM;
    }

    static byte[] put(int number) {
        return AdminConnection.request("PUT", path(number), json(number));
    }

    private static String json(int number) {
        return """
                {"name":"%s","desc":"one of many","uri":"/%s/%s/*","methods":["GET","POST"],"labels":{"%s":"owner","%s":"production"},\
                "upstream":{"type":"roundrobin","nodes":{"10.0.0.1:8080":1,"10.0.0.2:8080":1}}}""".formatted(name(number), label(number), name(number), label(number), LABEL_OF_ALL);
    }

    /** Writes the routes of a range again and again. */
    static Clients.Script round(int from, int count) {
        var next = new AtomicInteger();
        return () -> put(from + next.getAndIncrement() % count);
    }

    /** Writes what is left of a range; any number of clients may share it. */
    static Clients.Script rest(AtomicInteger next, int end) {
        return () -> {
            int number = next.getAndIncrement();
            return number < end ? put(number) : null;
        };
    }

    /** Reads the same again and again. */
    static Clients.Script get(String path) {
        var request = AdminConnection.request("GET", path, "");
        return () -> request;
    }
}
