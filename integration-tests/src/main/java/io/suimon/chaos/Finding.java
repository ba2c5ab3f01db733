package io.suimon.chaos;

/**
 * One thing that was looked at: what it should be, what it was, and whether the promise was kept.
 *
 * @param what a noun phrase, for a table
 */
record Finding(String what, String expected, String measured, boolean kept) {}
