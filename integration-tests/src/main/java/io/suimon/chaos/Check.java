package io.suimon.chaos;

/** Looks at an installation itself, at a moment of an experiment; takes seconds at most. */
interface Check {

    Finding look(Testbed bed) throws Exception;
}
