package io.suimon.process;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Ends a process: says why it could not start, and with which status it ends. Called once, by whichever thread stopped everything. */
public final class ProcessEnd {

    private final Consumer<String> line;
    private final BiConsumer<String, Throwable> whole;
    private final Function<Throwable, Optional<String>> ofThisProcess;
    private final IntConsumer halt;

    /**
     * The end of this process.
     *
     * @param line logs what a person can put right
     * @param whole logs a defect with its trace
     * @param ofThisProcess explains causes that other processes do not have
     */
    public ProcessEnd(
            Consumer<String> line,
            BiConsumer<String, Throwable> whole,
            Function<Throwable, Optional<String>> ofThisProcess) {
        this(line, whole, ofThisProcess, Runtime.getRuntime()::halt);
    }

    ProcessEnd(
            Consumer<String> line,
            BiConsumer<String, Throwable> whole,
            Function<Throwable, Optional<String>> ofThisProcess,
            IntConsumer halt) {
        this.line = line;
        this.whole = whole;
        this.ofThisProcess = ofThisProcess;
        this.halt = halt;
    }

    /** What a person can put right is said in one line; anything else is a defect, and shown whole. */
    public void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            StartUpFailure.explain(failure, ofThisProcess)
                    .ifPresentOrElse(line, () -> whole.accept("cannot start: this is a defect", failure));
        }
        // Everything has been stopped in order by now. A signal that was heeded is no failure, and exit() would say it
        // was.
        halt.accept(failure == null ? code : 1);
    }
}
