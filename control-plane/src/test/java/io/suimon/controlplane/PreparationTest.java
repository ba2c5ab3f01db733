package io.suimon.controlplane;

import io.suimon.controlplane.admission.Admission;
import io.suimon.controlplane.mirror.LossLimit;
import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.store.StoreFactory;
import io.suimon.controlplane.store.TestStoreConfig;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PreparationTest {

    @TempDir
    Path folder;

    @Test
    void isOverOnceTheStoreWasReadAndCompiled() {
        var parser = new ResourceParser();
        var catalog = PluginCatalog.load();
        var admission =
                new Admission(parser, catalog, new RuntimeCompiler(parser, catalog, PluginServices.forAdmission()));
        try (var store = StoreFactory.open(TestStoreConfig.with(Map.of("path", folder.toString())));
                var mirror = new StoreMirror(
                        store,
                        entry -> entry,
                        LossLimit.NONE,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(1),
                        System::nanoTime,
                        RandomGenerator.getDefault())) {
            var preparation = new Preparation(mirror, admission);
            preparation.start();
            boolean overBefore = preparation.isOver();

            mirror.start();

            await().until(preparation::isOver);
            assertThat(overBefore).isFalse();
            assertThat(mirror.view().revision()).isPositive();
        }
    }
}
