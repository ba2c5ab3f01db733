package io.suimon.controlplane;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.suimon.process.NeutralLocale;
import io.suimon.process.ProcessEnd;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** The control plane's process. */
@QuarkusMain
public final class ControlPlane {

    private static final Logger LOG = Logger.getLogger(ControlPlane.class);

    private ControlPlane() {}

    public static void main(String... arguments) {
        NeutralLocale.use();
        var end = new ProcessEnd(LOG::error, LOG::error, new TakenPort(ConfigProvider::getConfig)::explain);
        ApplicationLifecycleManager.setDefaultExitCodeHandler(end::exit);
        Quarkus.run(null, end::exit, arguments);
    }
}
