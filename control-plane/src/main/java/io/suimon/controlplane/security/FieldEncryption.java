package io.suimon.controlplane.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.ResourceKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Encrypts the secrets of resources on their way into the store and decrypts them on their way out: fields that plugins call secret,
 * and private keys. Arguments are not changed. Immutable, thread-safe.
 */
public final class FieldEncryption {

    private final Keyring keyring;
    private final boolean ofPlugins;
    private final PluginSecrets plugins;

    /**
     * A resource with its secrets decrypted.
     *
     * @param changed whether there was anything to decrypt
     * @param unreadable where texts stand that look encrypted and that no key fits; they are left as they are
     */
    record Opened(ObjectNode resource, boolean changed, List<String> unreadable) {
        Opened {
            unreadable = List.copyOf(unreadable);
        }

        @Override
        public String toString() {
            return "Opened[***, changed=" + changed + ", unreadable=" + unreadable + "]";
        }
    }

    /**
     * Encryption with a keyring.
     *
     * @param ofPlugins whether plugins' fields are encrypted and decrypted at all; private keys are in any case
     */
    public FieldEncryption(Keyring keyring, boolean ofPlugins, PluginCatalog catalog) {
        this.keyring = keyring;
        this.ofPlugins = ofPlugins;
        this.plugins = new PluginSecrets(catalog);
    }

    /** A resource as it is to be stored. */
    public ObjectNode sealed(ResourceKey key, ObjectNode plain) {
        var sealed = plain.deepCopy();
        editPlugins(key, sealed, (place, text) -> keyring.seal(text));
        PrivateKeys.edit(key.kind(), sealed, (place, text) -> PrivateKeys.isPlain(text) ? keyring.seal(text) : text);
        return sealed;
    }

    /** A resource as written by a client, who may have private keys only as an earlier answer showed them: encrypted. */
    public ObjectNode written(ResourceKey key, ObjectNode value) {
        var opening = new Opening();
        var opened = value.deepCopy();
        PrivateKeys.edit(key.kind(), opened, opening);
        return opened;
    }

    /** A stored resource as people read it: its plugins' fields are plain, its private keys are as stored. */
    public ObjectNode readable(ResourceKey key, ObjectNode stored) {
        var readable = stored.deepCopy();
        editPlugins(key, readable, new Opening());
        return readable;
    }

    /** A stored resource without its secrets, encrypted or not: for people who may not have them. */
    public ObjectNode withoutSecrets(ResourceKey key, ObjectNode stored) {
        var shown = stored.deepCopy();
        plugins.remove(key, shown);
        PrivateKeys.remove(key.kind(), shown);
        ManagerSecrets.remove(key.kind(), shown);
        return shown;
    }

    /** Everything decrypted: a stored resource as it is reviewed and run. */
    Opened opened(ResourceKey key, ObjectNode stored) {
        var opening = new Opening();
        var opened = stored.deepCopy();
        editPlugins(key, opened, opening);
        PrivateKeys.edit(key.kind(), opened, opening);
        return new Opened(opened, opening.changed, opening.unreadable);
    }

    private void editPlugins(ResourceKey key, ObjectNode resource, TextEdit edit) {
        if (ofPlugins) {
            plugins.edit(key, resource, edit);
        }
    }

    /** Decrypts what can be decrypted, and remembers what it met; of one thread. */
    private final class Opening implements TextEdit {

        private final List<String> unreadable = new ArrayList<>();
        private boolean changed;

        @Override
        public String apply(String place, String text) {
            return switch (keyring.open(text)) {
                case Keyring.Opened.Text(var plain) -> {
                    changed = true;
                    yield plain;
                }
                case Keyring.Opened.Never() -> text;
                case Keyring.Opened.NoKey() -> {
                    unreadable.add(place);
                    yield text;
                }
            };
        }
    }
}
