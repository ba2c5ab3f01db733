package io.suimon.proto;

import io.grpc.Metadata;

/** What both ends of the configuration stream agree on beside its messages. */
public final class SyncProtocol {

    /** The version of the protocol this code speaks. */
    public static final int VERSION = 1;

    /** Resources carried by one message of a snapshot or a delta, in bytes, at most. */
    public static final int CHUNK_BYTES = 256 * 1024;

    /** Any message, uncompressed, in bytes, at most. */
    public static final int MESSAGE_BYTES = 1024 * 1024;

    /** Rejections listed in one acknowledgement, at most; it always tells how many there are. */
    public static final int REJECTIONS = 100;

    /** Characters of the reason of a rejection, at most; the rest is cut off. */
    public static final int REASON_CHARS = 500;

    /** What a node shows to be let in, where the control plane asks for it. */
    public static final Metadata.Key<String> JOIN_TOKEN =
            Metadata.Key.of("suimon-join-token", Metadata.ASCII_STRING_MARSHALLER);

    private SyncProtocol() {}
}
