package io.suimon.dataplane;

import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.StoredResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CompiledTargetsTest {

    private static final String TWO_NODES = "{\"127.0.0.1:1\":1,\"127.0.0.1:2\":1}";
    private static final String THREE_NODES = "{\"127.0.0.1:1\":1,\"127.0.0.1:2\":1,\"127.0.0.1:3\":1}";

    private final RuntimeCompiler compiler =
            new RuntimeCompiler(new ResourceParser(), PluginCatalog.load(), PluginServices.forAdmission());
    private Runtime runtime = Runtime.EMPTY;

    private void put(ResourceKey key, String json) {
        var resource = new StoredResource(key, 1, 1, json.getBytes(StandardCharsets.UTF_8));
        var change = new ConfigChange(1, false, List.of(resource), List.of());
        var compiled = compiler.apply(runtime, change);
        assertThat(compiled.rejections()).isEmpty();
        CompiledTargets.prepare(runtime, change, compiled.runtime());
        runtime = compiled.runtime();
    }

    @ParameterizedTest
    @CsvSource({"UPSTREAM, %s", "ROUTE, '{\"uri\":\"/\",\"upstream\":%s}'", "SERVICE, '{\"upstream\":%s}'"})
    void noRequestHasToWaitForARing(ResourceKind kind, String around) {
        var key = new ResourceKey(kind, "1");
        var upstream = "{\"type\":\"chash\",\"key\":\"uri\",\"nodes\":%s}";

        put(key, around.formatted(upstream.formatted(TWO_NODES)));
        var first = runtime.target(key);
        put(key, around.formatted(upstream.formatted(THREE_NODES)));
        var second = runtime.target(key);

        assertThat(first).isNotNull().matches(target -> target.candidates().isPrepared());
        assertThat(second)
                .isNotNull()
                .isNotEqualTo(first)
                .matches(target -> target.candidates().isPrepared());
    }
}
