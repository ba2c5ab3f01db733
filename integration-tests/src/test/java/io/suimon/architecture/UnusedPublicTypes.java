package io.suimon.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.suimon.engine.plugin.Plugin;
import java.util.Set;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/** A type is public only when another package uses it, or something outside does: the container, or whoever loads plugins. */
final class UnusedPublicTypes {

    private static final Set<String> FOUND_BY_OTHERS = Set.of(
            "io.quarkus.runtime.annotations.QuarkusMain",
            "io.smallrye.config.ConfigMapping",
            "jakarta.inject.Singleton",
            "jakarta.enterprise.context.ApplicationScoped");

    static final ArchRule RULE = classes().that().areTopLevelClasses().should(beUsedElsewhereWhenPublic());

    private UnusedPublicTypes() {}

    private static ArchCondition<JavaClass> beUsedElsewhereWhenPublic() {
        return new ArchCondition<>("be used by another package when public") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.getModifiers().contains(JavaModifier.PUBLIC) && !foundByOthers(type) && !usedElsewhere(type)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " is public, and only its package uses it"));
                }
            }
        };
    }

    private static boolean foundByOthers(JavaClass type) {
        return type.isAssignableTo(Plugin.class)
                || type.getPackageName().startsWith("io.suimon.proto.sync")
                || type.getAnnotations().stream()
                        .anyMatch(annotation ->
                                FOUND_BY_OTHERS.contains(annotation.getRawType().getName()));
    }

    private static boolean usedElsewhere(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .anyMatch(dependency ->
                        !dependency.getOriginClass().getPackageName().equals(type.getPackageName()));
    }
}
