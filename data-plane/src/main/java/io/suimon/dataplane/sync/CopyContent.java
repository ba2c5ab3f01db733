package io.suimon.dataplane.sync;

/** What a disk copy is written from: all of a configuration, or what changed since the copy was written. */
public sealed interface CopyContent permits Configuration, ConfigurationStep {}
