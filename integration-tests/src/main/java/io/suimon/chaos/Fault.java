package io.suimon.chaos;

import java.io.IOException;
import java.util.Optional;

/** Something that is done to an installation, and undone. One thread uses it. */
interface Fault {

    void inject(Testbed bed) throws IOException, InterruptedException;

    /** Takes the fault away. What it destroyed is made whole by {@link Testbed#restore}, later. */
    void heal(Testbed bed) throws IOException, InterruptedException;

    /** Why it cannot be made here, for people: what it needs; empty when it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** An action on an installation. */
    interface Action {
        void on(Testbed bed) throws IOException, InterruptedException;
    }

    static Fault of(Action inject, Action heal) {
        return new Fault() {
            @Override
            public void inject(Testbed bed) throws IOException, InterruptedException {
                inject.on(bed);
            }

            @Override
            public void heal(Testbed bed) throws IOException, InterruptedException {
                heal.on(bed);
            }
        };
    }
}
