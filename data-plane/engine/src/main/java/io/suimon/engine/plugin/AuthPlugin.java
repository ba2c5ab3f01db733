package io.suimon.engine.plugin;

/**
 * A plugin that finds out who is calling, and that consumers and credentials carry, too.
 *
 * @param <C> its configuration on routes
 * @param <K> its configuration on consumers and credentials; {@code consumer-schema.json} says what people may write
 */
public interface AuthPlugin<C, K> extends Plugin<C> {

    /** The record of its configuration on consumers and credentials. */
    Class<K> credentialType();

    /** The property of that configuration that must be unique: {@code key}. */
    String keyProperty();

    /** The value of that property: consumers are found by it. */
    String keyOf(K credential);

    /** What its filters find at a consumer: the configuration there, or what can be made of it once and not per request. */
    default Object prepared(K credential) {
        return credential;
    }
}
