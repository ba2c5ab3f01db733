package io.suimon.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An option of a command line. Whatever it is read as, a value that does not fit is told on one line with what was expected;
 * {@code deploy/local/options.sh} says the same before anything is built.
 *
 * @param value empty where there is none
 */
public record Option(String name, String value) {

    /** The options of a line in which each has a value. */
    public static List<Option> pairs(List<String> arguments) {
        var options = new ArrayList<Option>();
        for (int i = 0; i < arguments.size(); i += 2) {
            options.add(new Option(arguments.get(i), i + 1 < arguments.size() ? arguments.get(i + 1) : ""));
        }
        return options;
    }

    /** A number of 64 bits. */
    public long number(long least, long most) {
        return number(value, least, most);
    }

    /** A number of 32 bits. */
    public int number(int least, int most) {
        return (int) number(value, least, most);
    }

    /** Numbers with commas between them. */
    public List<Integer> numbers(int least, int most) {
        return Stream.of(value.split(",", -1))
                .map(each -> (int) number(each, least, most))
                .toList();
    }

    /** A file to write, in a folder that is there: what takes half an hour to measure is to find a place in the end. */
    public Path file() {
        var file = Path.of(value).toAbsolutePath();
        if (value.isEmpty() || Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling("."))) {
            throw unlike(value, "a file in a folder that exists");
        }
        return file;
    }

    /** A folder, which is made where there is none. */
    public Path folder() {
        var folder = Path.of(value).toAbsolutePath();
        if (value.isEmpty() || (Files.exists(folder) && !Files.isDirectory(folder))) {
            throw unlike(value, "a folder");
        }
        return folder;
    }

    /** Why its value cannot be used. */
    public IllegalArgumentException unlike(String expected) {
        return unlike(value, expected);
    }

    /**
     * Why a command does not take it.
     *
     * @param command whose help names the options there are
     */
    public IllegalArgumentException unknown(String command) {
        return new IllegalArgumentException(name + ": unknown option (see ./suimon " + command + " --help)");
    }

    private long number(String digits, long least, long most) {
        try {
            long number = Long.parseLong(digits);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw unlike(digits, least + ".." + most);
    }

    private IllegalArgumentException unlike(String what, String expected) {
        return new IllegalArgumentException(
                name + ": " + (what.isEmpty() ? "nothing" : what) + " (expected: " + expected + ")");
    }
}
