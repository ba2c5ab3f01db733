package io.suimon.engine.plugins.iprestriction;

import io.suimon.engine.net.CidrBlock;
import java.util.List;

/**
 * Which client addresses may pass.
 *
 * @param whitelist blocks let through; empty means any that is not in {@code blacklist}
 * @param blacklist blocks refused; empty when there is a white list
 * @param message what a refused client is told
 * @param responseCode what a refused client is answered
 */
public record IpRestrictionConfig(
        List<CidrBlock> whitelist, List<CidrBlock> blacklist, String message, int responseCode) {

    public IpRestrictionConfig {
        whitelist = List.copyOf(whitelist);
        blacklist = List.copyOf(blacklist);
    }
}
