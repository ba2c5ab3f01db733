package io.suimon.controlplane.admission;

import java.util.Optional;

/** One rule that every change has to meet. Thread-safe; the first rule that is broken decides the answer. */
interface Check {

    Optional<Verdict.Refused> review(Candidate candidate, StoredObjects objects);
}
