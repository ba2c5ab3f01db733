package io.suimon.controlplane.secret;

import io.suimon.engine.schema.SecretReference;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a reference asks for, and of whom. */
sealed interface Reference {

    /**
     * A variable of this process's environment.
     *
     * @param field of the JSON object that the variable holds; null for all of it
     */
    record Environment(String name, @Nullable String field) implements Reference {}

    /** A field of a secret. */
    record Managed(Source source, String field) implements Reference {}

    /**
     * Nothing that can be asked of anyone.
     *
     * @param reason for people
     */
    record Unanswerable(String reason) implements Reference {}

    /**
     * What is fetched in one go, for all references to it.
     *
     * @param manager the id of the secret manager's resource: {@code vault/1}
     */
    record Source(String manager, String path) {}

    /** Secret managers that may be configured, and are not asked. */
    Set<String> NOT_BUILT = Set.of("aws", "gcp");

    String VAULT = "vault";

    /**
     * Reads a reference.
     *
     * @param text one that {@link SecretReference#is} is true of
     */
    static Reference parse(String text) {
        return SecretReference.isEnvironment(text)
                ? environment(text.substring(SecretReference.ENVIRONMENT.length()))
                : managed(text.substring(SecretReference.MANAGED.length()));
    }

    private static Reference environment(String rest) {
        int slash = rest.indexOf('/');
        var name = slash < 0 ? rest : rest.substring(0, slash);
        if (name.isEmpty() || slash == rest.length() - 1) {
            return new Unanswerable("not a reference (expected: $ENV://NAME or $ENV://NAME/field)");
        }
        return new Environment(name, slash < 0 ? null : rest.substring(slash + 1));
    }

    private static Reference managed(String rest) {
        int afterManager = rest.indexOf('/');
        var manager = afterManager < 0 ? rest : rest.substring(0, afterManager);
        if (NOT_BUILT.contains(manager)) {
            return new Unanswerable("secret manager " + manager + " is not built (expected: " + VAULT + ")");
        }
        if (!manager.equals(VAULT)) {
            return new Unanswerable("secret manager " + manager + " is not known (expected: " + VAULT + ")");
        }
        int afterId = rest.indexOf('/', afterManager + 1);
        int beforeField = rest.lastIndexOf('/');
        boolean whole = afterManager > 0
                && afterId > afterManager + 1
                && beforeField > afterId + 1
                && beforeField < rest.length() - 1;
        if (!whole) {
            return new Unanswerable("not a reference (expected: $secret://vault/id/path/field)");
        }
        return new Managed(
                new Source(rest.substring(0, afterId), rest.substring(afterId + 1, beforeField)),
                rest.substring(beforeField + 1));
    }
}
