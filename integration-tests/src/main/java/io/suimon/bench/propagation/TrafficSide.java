package io.suimon.bench.propagation;

import io.suimon.harness.Console;
import io.suimon.harness.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Origin and {@link Bystanders} as a process of their own, so that it can have the nodes' cores. One thread uses it.
 */
final class TrafficSide implements AutoCloseable {

    private static final String BEGIN = "begin";
    private static final String TAKE = "take";
    private static final String END = "end";

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final String origin;
    private int failed;

    TrafficSide() {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // no compiler of its own takes the core from those that are measured
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TrafficSide.class.getName());
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = process.inputReader(UTF_8);
        questions = new PrintStream(process.getOutputStream(), true, UTF_8);
        origin = answer();
    }

    long pid() {
        return process.pid();
    }

    /** Host and port of the origin. */
    String origin() {
        return origin;
    }

    /** Lets the bystanders begin. */
    void begin(int nodePort) {
        ask(BEGIN + " " + nodePort);
    }

    /** What was measured since the last time this was asked. */
    Times take() {
        var parts = ask(TAKE).split(" ", -1);
        failed = Integer.parseInt(parts[0]);
        return new Times(Stream.of(parts).skip(1).mapToLong(Long::parseLong).toArray());
    }

    /** How many requests failed until the last {@link #take}. */
    int failed() {
        return failed;
    }

    /** Lets the bystanders go home. */
    void end() {
        ask(END);
    }

    private String ask(String question) {
        questions.println(question);
        return answer();
    }

    private String answer() {
        try {
            var line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the process of origin and bystanders ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its end of input ends it. */
    @Override
    public void close() {
        questions.close();
        process.onExit().join();
    }

    /** The process: an answer of one line on standard output for each line on standard input, until that ends. */
    public static void main(String[] arguments) throws IOException {
        Bystanders bystanders = null;
        try (var origin = new Origin("origin");
                var input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            Console.say(origin.node());
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                if (line.startsWith(BEGIN) && bystanders == null) {
                    bystanders = new Bystanders(Integer.parseInt(line.substring(BEGIN.length() + 1)));
                    Console.say("begun");
                } else if (line.equals(TAKE) && bystanders != null) {
                    Console.say(bystanders.failed() + told(bystanders.take()));
                } else if (line.equals(END) && bystanders != null) {
                    bystanders.close();
                    bystanders = null;
                    Console.say("ended");
                } else {
                    throw new IllegalArgumentException(line + " (expected: begin PORT, take, end)");
                }
            }
        } finally {
            if (bystanders != null) {
                bystanders.close();
            }
        }
    }

    private static String told(List<Long> nanos) {
        return nanos.stream().map(each -> " " + each).collect(Collectors.joining());
    }
}
