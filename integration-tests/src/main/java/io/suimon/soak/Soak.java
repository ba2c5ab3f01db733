package io.suimon.soak;

import io.suimon.harness.Console;
import io.suimon.harness.Descendants;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Lets traffic of every kind and faults work on a node for a while, and says what is left of them; what {@code ./suimon soak} runs. */
public final class Soak {

    private static final int USAGE = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
    private static final Duration SAMPLE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String BEGIN = " HTTP/1.1\r\nHost: a\r\n";

    private final SoakSite site;
    private final Duration length;

    private Soak(SoakSite site, Duration length) {
        this.site = site;
        this.length = length;
    }

    /**
     * Options as in {@code ./suimon soak --help}; {@code suimon.root} and {@code suimon.work} name the folders. Ends with 0 when
     * everything was as it should be, 1 when it was not, 2 when the command line was wrong.
     */
    public static void main(String[] arguments) throws Exception {
        var root = Path.of(System.getProperty("suimon.root", ".")).toAbsolutePath();
        var work = Path.of(System.getProperty("suimon.work", "target/soak")).toAbsolutePath();
        SoakOptions options;
        try {
            options = SoakOptions.parse(List.of(arguments), work);
        } catch (IllegalArgumentException e) {
            Console.complain(e);
            System.exit(USAGE);
            return;
        }
        Descendants.endWithThisProcess();
        var folder = Files.createDirectories(
                options.output().resolve("run-" + ProcessHandle.current().pid()));
        Console.say("Starting a control plane and a node (logs: " + folder + ") ...");
        boolean kept;
        try (var site = new SoakSite(root, folder)) {
            kept = new Soak(site, options.length()).run();
        }
        Console.say(kept ? "Nothing is left, and all was as it should be." : "Not all was as it should be.");
        System.exit(kept ? 0 : 1);
    }

    private boolean run() throws Exception {
        var half = length.dividedBy(2);
        traffic(crowds(), half.compareTo(WARM_UP) < 0 ? half : WARM_UP, new ArrayList<>());
        var before = settled();
        double liveBefore = site.liveMiB();
        Console.say("Before: " + before);
        var crowds = crowds();
        var beside = new ArrayList<Double>();
        traffic(crowds, length, beside);
        PlaneProcess.await(() -> isAsBefore(before), SETTLED_WITHIN);
        var after = site.vitals();
        Console.say("Behind: " + after);
        var memory = new Memory(liveBefore, site.liveMiB(), beside);
        var verdict = Verdict.of(crowds, before, after, memory, site.nodeLog());
        verdict.forEach(line -> Console.say("  " + line));
        return verdict.stream().allMatch(Verdict.Line::kept);
    }

    private boolean isAsBefore(Vitals before) {
        var now = site.vitals();
        return now.connections() <= before.connections()
                && now.buffers() <= before.buffers()
                && now.descriptors() <= before.descriptors()
                && now.threads() <= before.threads();
    }

    /** Waits until nothing changes any more. */
    private Vitals settled() {
        long until = System.nanoTime() + SETTLED_WITHIN.toNanos();
        var last = site.vitals();
        for (int same = 0; same < 8 && System.nanoTime() < until; ) {
            LockSupport.parkNanos(SAMPLE.toNanos());
            var now = site.vitals();
            boolean still = now.connections() == last.connections()
                    && now.buffers() == last.buffers()
                    && now.descriptors() == last.descriptors();
            same = still ? same + 1 : 0;
            last = now;
        }
        return last;
    }

    private List<Crowd> crowds() throws IOException, GeneralSecurityException {
        int port = site.gateway().trafficPort();
        int tls = site.gateway().tlsPort();
        var over = new EncryptedVisits(site.certificate(), tls);
        return List.of(
                new Crowd("HTTP/1.1, kept", 8, PAUSE, () -> RawVisits.keepingAlive(port, "/steady", 200)),
                new Crowd("HTTP/1.1, closed", 2, PAUSE, () -> RawVisits.closing(port, "/steady")),
                new Crowd("HTTPS", 4, PAUSE, () -> over.get(Version.HTTP_1_1, "/steady")),
                new Crowd("HTTP/2", 4, PAUSE, () -> over.get(Version.HTTP_2, "/steady")),
                new Crowd("gRPC", 4, PAUSE, () -> over.call("/soak.Echo/Say")),
                new Crowd("upload", 1, PAUSE, () -> over.upload(Version.HTTP_1_1, "/bodies")),
                new Crowd("upload by HTTP/2", 1, PAUSE, () -> over.upload(Version.HTTP_2, "/bodies")),
                new Crowd("WebSocket", 2, PAUSE, () -> over.chat("/echo")),
                new Crowd("no route", 1, PAUSE, () -> RawVisits.keepingAlive(port, "/nowhere", 404)),
                new Crowd("origin resets", 2, PAUSE, () -> RawVisits.keepingAlive(port, "/reset", 502)),
                new Crowd("origin hangs", 4, PAUSE, () -> RawVisits.keepingAlive(port, "/hang", 504)),
                new Crowd("origin breaks off", 2, PAUSE, () -> RawVisits.cutOff(port, "/half")),
                new Crowd("stream given up", 2, PAUSE, () -> over.cancel("/hang")),
                gone("client gone, asking", port, "GET /hang" + BEGIN + "\r\n"),
                gone("client gone, sending", port, "POST /bodies" + BEGIN + "Content-Length: 99999\r\n\r\nabc"),
                gone("client gone, in a head", port, "GET /steady" + BEGIN + "X-Half: "),
                gone("client gone, shaking hands", tls, "\26\3\1\2\0\1\0\1\374\3\3abc"),
                gone("no HTTP", port, "\0\1\2\3 nonsense\r\n\r\n"));
    }

    private static Crowd gone(String name, int port, String begin) {
        return new Crowd(name, 1, PAUSE, () -> RawVisits.goneBehind(port, begin));
    }

    private void traffic(List<Crowd> crowds, Duration length, List<Double> besideHeap) throws InterruptedException {
        long began = System.nanoTime();
        long report = length.toNanos() / 20;
        long nextReport = report;
        var beside = new Disturbance(site, length.dividedBy(4));
        crowds.forEach(Crowd::begin);
        for (long passed = 0; passed < length.toNanos(); passed = System.nanoTime() - began) {
            LockSupport.parkNanos(SAMPLE.toNanos());
            if (!site.nodeLives()) {
                throw new IllegalStateException("the node ended; its log:\n" + site.nodeLog());
            }
            var now = site.vitals();
            besideHeap.add(site.besideHeapMiB());
            if (passed >= nextReport) {
                nextReport = passed + report;
                progress(passed, crowds, beside, now);
            }
        }
        for (var crowd : crowds) {
            crowd.end();
        }
        beside.end();
    }

    private static void progress(long passed, List<Crowd> crowds, Disturbance beside, Vitals now) {
        Console.say("%5d s: %d visits, %d not as they should be, %d changes, %d restarts; %s"
                .formatted(
                        Duration.ofNanos(passed).toSeconds(),
                        crowds.stream().mapToLong(Crowd::visits).sum(),
                        crowds.stream().mapToLong(Crowd::unexpected).sum(),
                        beside.changes(),
                        beside.restarts(),
                        now));
    }
}
