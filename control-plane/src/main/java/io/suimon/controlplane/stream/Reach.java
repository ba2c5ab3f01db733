package io.suimon.controlplane.stream;

/**
 * How many nodes run a revision.
 *
 * @param applied nodes that run it or a later one
 * @param nodes all that count: those connected, and those lost since somebody waits
 */
public record Reach(int applied, int nodes) {}
