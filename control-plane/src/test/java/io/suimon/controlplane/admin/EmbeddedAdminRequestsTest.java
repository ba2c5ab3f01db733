package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreFactory;
import io.suimon.controlplane.store.TestStoreConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The requests on the embedded store. Its file has one writer: what is no JSON can only come of a process that wrote it before. A torn
 * file is none the store opens.
 */
class EmbeddedAdminRequestsTest extends AdminRequestsContract {

    @Override
    Map<String, String> store(Path folder) {
        return Map.of("suimon.store.path", folder.toString());
    }

    @Test
    void whatTheFileHeldBeforeTheStartIsListedWithoutValueToo(@TempDir Path own) throws InterruptedException {
        try (var before = StoreFactory.open(TestStoreConfig.with(Map.of("path", own.toString())))) {
            before.commit(
                    List.of(),
                    List.of(new Mutation.Put("routes/r", "{\"uri\":\"/torn".getBytes(StandardCharsets.UTF_8), null)));
        }

        try (var started = new AdminServer(own)) {
            assertThat(started.send("GET", "/apisix/admin/routes", "").body())
                    .isEqualTo(
                            "{\"total\":1,\"list\":[{\"key\":\"/apisix/routes/r\",\"createdIndex\":2,\"modifiedIndex\":2}]}\n");
            assertThat(started.send("PUT", "/apisix/admin/routes/r", "{\"uri\":\"/whole\",\"plugins\":{}}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
