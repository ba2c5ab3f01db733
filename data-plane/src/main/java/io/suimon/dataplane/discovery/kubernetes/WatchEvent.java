package io.suimon.dataplane.discovery.kubernetes;

/** What an API server says while it is watched. */
sealed interface WatchEvent {

    /** An object is there, or has become this. */
    record Put(EndpointObject object, String version) implements WatchEvent {}

    /**
     * An object is no more.
     *
     * @param name {@code namespace/name}
     */
    record Removed(String name, String version) implements WatchEvent {}

    /** Nothing happened up to this version. */
    record Bookmark(String version) implements WatchEvent {}

    /** What is known is too old to go on from. */
    record Expired() implements WatchEvent {}

    /** An event this version does not know: nothing can be said of what it meant. */
    record Unknown() implements WatchEvent {}
}
