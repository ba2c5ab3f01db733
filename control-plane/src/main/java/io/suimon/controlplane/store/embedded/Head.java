package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.EntryTree;

/** The store's content at its newest durable revision. */
record Head(EntryTree tree, long revision) {}
