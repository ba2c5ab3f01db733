package io.suimon.it;

import java.nio.file.Path;

/** Where the applications under test were built. */
public final class Checkout {

    /** The root of the checkout: tests run in their module's folder. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Checkout() {}
}
