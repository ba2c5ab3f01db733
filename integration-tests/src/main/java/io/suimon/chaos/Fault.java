package io.suimon.chaos;

/** Something that is done to an installation, and undone. One thread uses it. */
interface Fault {

    void inject(Testbed bed) throws Exception;

    /** Takes the fault away. What it destroyed is made whole by {@link Testbed#restore}, later. */
    void heal(Testbed bed) throws Exception;

    /** An action on an installation. */
    interface Action {
        void on(Testbed bed) throws Exception;
    }

    static Fault of(Action inject, Action heal) {
        return new Fault() {
            @Override
            public void inject(Testbed bed) throws Exception {
                inject.on(bed);
            }

            @Override
            public void heal(Testbed bed) throws Exception {
                heal.on(bed);
            }
        };
    }
}
