package io.suimon.controlplane.admin;

import java.nio.file.Path;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code POST /configs/validate} where resources are written one by one. */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnumSource(TestStore.class)
class ConfigsValidateTest {

    private static final String PATH = "/apisix/admin/configs/validate";

    /** The start is told. */
    @Parameter
    @Nullable
    TestStore given;

    private AdminServer server;

    @BeforeParameterizedClassInvocation
    void start(TestStore store, @TempDir Path folder) throws InterruptedException {
        server = store.open(folder);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvFileSource(resources = "validations.csv", delimiter = '|', quoteCharacter = '~', maxCharsPerColumn = 20_000)
    void documentsAreJudgedAsApisixJudgesThem(String form, String body, int status, String answer) {
        var response = server.send(
                "POST",
                PATH,
                body == null ? "" : body,
                "X-API-KEY",
                AdminServer.KEY,
                "Content-Type",
                "application/" + form + "; charset=utf-8");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(answer + "\n");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("X-API-VERSION")).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET,    /configs",
        "PUT,    /configs",
        "POST,   /configs",
        "GET,    /configs/validate",
        "PUT,    /configs/validate",
        "PATCH,  /configs/validate",
        "DELETE, /configs/validate",
        "POST,   /configs/validate/x",
    })
    void nothingElseIsThere(String method, String path) {
        var response = server.send(method, "/apisix/admin" + path, "");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error_msg\":\"Unsupported resource type: configs\"}\n");
    }

    @Test
    void viewersMayNotValidate() {
        var response = server.send("POST", PATH, "{}", "X-API-KEY", AdminServer.VIEWER);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("invalid method for role viewer");
    }

    @Test
    void nothingIsStored() {
        var validated = server.send("POST", PATH, "{\"services\":[{\"id\":\"unstored\"}]}");
        var read = server.send("GET", "/apisix/admin/services/unstored", "");

        assertThat(validated.statusCode()).isEqualTo(200);
        assertThat(read.statusCode()).isEqualTo(404);
    }

    @Test
    void anyNumberOfErrorsGivesABoundedAnswer() {
        var response = server.send("POST", PATH, "{\"routes\":[1" + ",1".repeat(700_000) + "]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body().split("\"index\"", -1)).hasSize(1_001);
    }

    @Test
    void aliasesUnfoldToNoMoreThanABodyMayBe() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= 9; i++) {
            text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
        }

        var response = server.send(
                "POST", PATH, text.toString(), "X-API-KEY", AdminServer.KEY, "Content-Type", "application/yaml");

        assertThat(response.body()).isEqualTo("{\"error_msg\":\"invalid request body: invalid yaml request body\"}\n");
    }
}
