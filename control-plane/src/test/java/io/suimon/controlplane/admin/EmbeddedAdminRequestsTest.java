package io.suimon.controlplane.admin;

import java.nio.file.Path;
import java.util.Map;

class EmbeddedAdminRequestsTest extends AdminRequestsContract {

    @Override
    Map<String, String> store(Path folder) {
        return Map.of("suimon.store.path", folder.toString());
    }
}
