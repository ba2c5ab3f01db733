package io.suimon.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.suimon.engine.plugin.Filter;
import io.suimon.harness.Console;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTest {

    private static final String ENGINE = "io.suimon.engine..";
    private static final String PROTO = "io.suimon.proto..";
    private static final String PROCESS = "io.suimon.process..";
    private static final String CONTROL_PLANE = "io.suimon.controlplane..";
    private static final String DATA_PLANE = "io.suimon.dataplane..";

    private static final JavaClasses PRODUCT = imported(
            "io.suimon.engine",
            "io.suimon.proto",
            "io.suimon.process",
            "io.suimon.controlplane",
            "io.suimon.dataplane");

    /** With the commands that try the product out. */
    private static final JavaClasses EVERYTHING = imported("io.suimon");

    /** Without tests, and what modules lend to the tests of others. */
    private static JavaClasses imported(String... packages) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(packages);
    }

    @Test
    void protoDependsOnNoOtherModule() {
        check(noClasses()
                .that()
                .resideInAPackage(PROTO)
                .should()
                .dependOnClassesThat(resideInAnyPackage(ENGINE, PROCESS, CONTROL_PLANE, DATA_PLANE)));
    }

    @Test
    void engineDependsOnNoOtherModule() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(PROTO, PROCESS, CONTROL_PLANE, DATA_PLANE)));
    }

    @Test
    void processKnowsNothingButSettings() {
        check(classes()
                .that()
                .resideInAPackage(PROCESS)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        PROCESS,
                        "java..",
                        "io.smallrye.config..",
                        "org.eclipse.microprofile.config..",
                        "org.jspecify..")));
    }

    @Test
    void planesDoNotKnowEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage(CONTROL_PLANE)
                .should()
                .dependOnClassesThat(resideInAPackage(DATA_PLANE)));
        check(noClasses()
                .that()
                .resideInAPackage(DATA_PLANE)
                .should()
                .dependOnClassesThat(resideInAPackage(CONTROL_PLANE)));
    }

    @Test
    void engineKnowsNoSocketsNorContainer() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.netty..", "io.grpc..", "io.vertx..", "io.quarkus..", "jakarta..", "java.nio.channels..")));
    }

    @Test
    void resourcesDependOnNothingButTheirSchemas() {
        check(noClasses()
                .that()
                .resideInAPackage("io.suimon.engine.resource..")
                .should()
                .dependOnClassesThat(resideInAPackage(ENGINE)
                        .and(not(resideInAnyPackage("io.suimon.engine.resource..", "io.suimon.engine.schema..")))));
    }

    @Test
    void wireTypesStayAtTheEdge() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(PROTO, "io.suimon.controlplane.stream..", "io.suimon.dataplane.sync..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.suimon.proto.sync..")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.suimon.engine.(*)..", "io.suimon.controlplane.(*)..", "io.suimon.dataplane.(*).."})
    void featuresAreFreeOfCycles(String features) {
        check(slices().matching(features).should().beFreeOfCycles());
    }

    @Test
    void pluginsDoNotKnowEachOther() {
        check(slices().matching("io.suimon.engine.plugins.(*)..").should().notDependOnEachOther());
    }

    @Test
    void pluginsKnowTheirApiAlone() {
        check(noClasses()
                .that()
                .resideInAPackage("io.suimon.engine.plugins..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.suimon.engine.compile..", "io.suimon.engine.routing..", "io.suimon.engine.balance..")));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.suimon.engine.plugins..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.suimon.engine.plugins..")));
    }

    @Test
    void controlPlaneNeverRunsAFilter() {
        check(noClasses()
                .that()
                .resideInAPackage(CONTROL_PLANE)
                .should()
                .callMethodWhere(target(owner(assignableTo(Filter.class)))));
    }

    @Test
    void nobodyBlocksPrintsOrLogsBehindOurBack() {
        check(noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging..")));
        for (var rule : List.of(
                noClasses().should().callMethod(Thread.class, "sleep", long.class),
                noClasses().should().callMethod(Thread.class, "sleep", Duration.class),
                noClasses().that().areNotAssignableTo(Console.class).should().accessField(System.class, "out"),
                noClasses().that().areNotAssignableTo(Console.class).should().accessField(System.class, "err"))) {
            rule.check(EVERYTHING);
        }
    }

    @Test
    void nothingIsPublicThatOnlyItsOwnPackageUses() {
        check(UnusedPublicTypes.RULE);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCT);
    }
}
