package io.suimon.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name that a run of ours gives to what outlives a process: with its id and the moment it began, so that a later run can tell what
 * is nobody's any more.
 */
final class RunMark {

    private static final String PREFIX = "suimon_chaos_";
    private static final Pattern MARK = Pattern.compile(PREFIX + "(\\d{1,10})_(\\d{1,20})");
    private static final int START_TIME = 19; // of the fields behind the program's name

    private RunMark() {}

    /** That of this process. */
    static String own() {
        long pid = ProcessHandle.current().pid();
        return PREFIX + pid + "_" + began(pid);
    }

    /** Whether this is a mark, of a process that runs no more. */
    static boolean isLeftOver(String name) {
        var mark = MARK.matcher(name);
        return mark.matches() && !began(Long.parseLong(mark.group(1))).equals(mark.group(2));
    }

    /** When a process began, in ticks since the machine did; 0 when there is none. */
    private static String began(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START_TIME];
        } catch (IOException e) {
            return "0";
        }
    }
}
