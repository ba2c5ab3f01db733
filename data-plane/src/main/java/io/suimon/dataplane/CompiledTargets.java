package io.suimon.dataplane;

import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;

/** Works out what balancers of changed upstreams need, on the thread that compiles: no event loop has the time for that. */
final class CompiledTargets {

    private CompiledTargets() {}

    /** Costs as much as the change is large; what did not change is handed on. */
    static void prepare(Runtime before, ConfigChange change, Runtime compiled) {
        for (var put : change.puts()) {
            var target = compiled.target(put.key());
            if (target == null) {
                continue;
            }
            var former = before.target(put.key());
            if (former == null) {
                target.candidates().prepare();
            } else {
                target.candidates().prepareAs(former.candidates());
            }
        }
    }
}
