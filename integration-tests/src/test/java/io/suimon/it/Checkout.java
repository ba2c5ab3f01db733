package io.suimon.it;

import java.nio.file.Path;

/** Where the applications under test were built. */
final class Checkout {

    /** The root of the checkout: tests run in their module's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Checkout() {}
}
