package io.suimon.controlplane.admin;

import io.suimon.controlplane.mirror.MirrorView;

/** A request as a function of the view it is reviewed against; asked again on a newer view after a lost race. */
@FunctionalInterface
interface Edit {

    Proposal on(MirrorView view);
}
