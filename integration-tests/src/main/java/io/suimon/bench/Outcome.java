package io.suimon.bench;

import java.util.List;

/** How a scenario ended. */
sealed interface Outcome {

    /**
     * With figures.
     *
     * @param notes sentences for below the table
     */
    record Measured(Results results, List<String> notes) implements Outcome {
        public Measured {
            notes = List.copyOf(notes);
        }
    }

    /** Without: something was not answered as it should be, or went wrong. */
    record Failed(String reason) implements Outcome {}
}
