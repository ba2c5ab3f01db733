package io.suimon.dataplane;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.suimon.process.NeutralLocale;
import io.suimon.process.ProcessEnd;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The node's process. */
@QuarkusMain
public final class DataPlane {

    private static final Logger LOG = Logger.getLogger(DataPlane.class);

    private DataPlane() {}

    public static void main(String... arguments) {
        NeutralLocale.use();
        var end = new ProcessEnd(LOG::error, LOG::error, cause -> Optional.empty());
        ApplicationLifecycleManager.setDefaultExitCodeHandler(end::exit);
        Quarkus.run(null, end::exit, arguments);
    }
}
