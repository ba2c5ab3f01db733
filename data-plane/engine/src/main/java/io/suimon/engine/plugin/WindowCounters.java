package io.suimon.engine.plugin;

/** Requests counted per key and window of time, shared by all event loops of the process. Bounded; thread-safe. */
public final class WindowCounters {}
