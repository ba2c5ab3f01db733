package io.suimon.controlplane.security;

/** What a key allows. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Reading only; a whole document without its secrets. */
    VIEWER;

    boolean permits(String method) {
        return switch (this) {
            case ADMIN -> true;
            case VIEWER -> method.equals("GET");
        };
    }
}
