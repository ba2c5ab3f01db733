package io.suimon.it.stream;

import io.suimon.controlplane.stream.Node;
import io.suimon.controlplane.stream.Propagation;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginEntry;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A node without a plugin, as one of an older version is, beside one that has it. */
class QuarantineTest {

    private static final String UPSTREAM = "\"upstream\":{\"nodes\":{\"127.0.0.1:1\":1}}";
    private static final String GOOD = "{\"id\":\"1\",\"uri\":\"/a\"," + UPSTREAM + "}";
    private static final String CORS = "{\"id\":\"1\",\"uri\":\"/a\",\"plugins\":{\"cors\":{}}," + UPSTREAM + "}";
    private static final String OTHER = "{\"id\":\"2\",\"uri\":\"/b\"," + UPSTREAM + "}";

    private final StreamLab lab = new StreamLab();
    private io.suimon.harness.FaultProxy link;
    private TestNode older;
    private TestNode newer;

    @BeforeEach
    void startBoth() throws IOException {
        var all = PluginCatalog.load().entries().stream()
                .<Plugin<?>>map(PluginEntry::plugin)
                .toList();
        var fewer = all.stream().filter(plugin -> !plugin.name().equals("cors")).toList();
        link = lab.link(lab.server(Map.of()).port());
        older = lab.with(new TestNode("older", link.port(), Map.of(), compiler(fewer)::apply));
        newer = lab.with(new TestNode("newer", link.port(), Map.of(), compiler(all)::apply));
        lab.mirror.put("routes/1", GOOD);
        lab.awaitRevision(older);
        lab.awaitRevision(newer);
    }

    private static RuntimeCompiler compiler(List<Plugin<?>> plugins) {
        return new RuntimeCompiler(new ResourceParser(), PluginCatalog.of(plugins), PluginServices.forAdmission());
    }

    @AfterEach
    void closeEverything() {
        lab.close();
    }

    @Test
    void resourceOneNodeCannotCompileIsNamedAndHoldsNothingElseBack() {
        lab.mirror.put("routes/1", CORS);
        long broken = lab.mirror.view().revision();
        lab.mirror.put("routes/2", OTHER);
        lab.awaitRevision(older);
        lab.awaitRevision(newer);

        await().until(() -> rejections("older").size() == 1);
        assertThat(rejections("newer")).isEmpty();
        assertThat(rejections("older")).singleElement().satisfies(rejected -> {
            assertThat(rejected.kind() + "/" + rejected.id()).isEqualTo("routes/1");
            assertThat(rejected.revision()).isEqualTo(broken);
            assertThat(rejected.reason()).contains("cors");
        });
        await().until(() -> lab.registry.propagation(broken).applied().size() == 2);
        assertThat(lab.registry.propagation(broken).rejecting())
                .extracting(Propagation.Rejecting::node)
                .containsExactly("older");
        assertThat(lab.registry.propagation(broken + 1).rejecting()).isEmpty();
        assertThat(older.applied().revision()).isEqualTo(broken + 1);
    }

    @Test
    void itIsStillNamedAfterTheNodeCameBack() {
        lab.mirror.put("routes/1", CORS);
        await().until(() -> rejections("older").size() == 1);

        link.cut();

        await().until(() -> older.counters().connects() == 2 && lab.registry.size() == 2);
        assertThat(rejections("older")).hasSize(1);
        assertThat(lab.registry.propagation(lab.mirror.view().revision()).rejecting())
                .hasSize(1);
    }

    @Test
    void itIsForgottenWhenTheResourceCanBeCompiledAgain() {
        lab.mirror.put("routes/1", CORS);
        await().until(() -> rejections("older").size() == 1);

        lab.mirror.put("routes/1", GOOD);

        await().until(() -> rejections("older").isEmpty());
    }

    private List<Node.Rejected> rejections(String node) {
        return lab.registry.listing().connected().stream()
                .filter(each -> each.id().equals(node))
                .flatMap(each -> each.rejections().stream())
                .toList();
    }
}
