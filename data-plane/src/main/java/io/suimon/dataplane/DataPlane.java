package io.suimon.dataplane;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.suimon.process.StartUpFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The node's process. */
@QuarkusMain
public final class DataPlane {

    private static final Logger LOG = Logger.getLogger(DataPlane.class);

    private DataPlane() {}

    public static void main(String... arguments) {
        ApplicationLifecycleManager.setDefaultExitCodeHandler(DataPlane::exit);
        Quarkus.run(null, DataPlane::exit, arguments);
    }

    /** What a person can put right is said in one line; anything else is a defect, and shown whole. */
    private static void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            StartUpFailure.explain(failure)
                    .ifPresentOrElse(LOG::error, () -> LOG.error("cannot start: this is a defect", failure));
        }
        // Everything has been stopped in order by now. A signal that was heeded is no failure, and exit() would say it
        // was.
        Runtime.getRuntime().halt(failure == null ? code : 1);
    }
}
