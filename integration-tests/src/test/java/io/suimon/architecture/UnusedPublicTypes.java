package io.suimon.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.suimon.engine.plugin.Plugin;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * A type is public only when another package uses it, or can meet it through one it uses; or when something outside does: the
 * container, whoever loads plugins, whoever makes a plugin's configuration from JSON.
 */
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
                if (isPublic(type) && !foundByOthers(type) && !reachable(type, Set.of())) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " is public, and only its package uses it"));
                }
            }
        };
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean foundByOthers(JavaClass type) {
        return type.isAssignableTo(Plugin.class)
                || type.getPackageName().startsWith("io.suimon.proto.sync")
                || type.getPackageName().startsWith("io.suimon.engine.plugins.")
                || holdsConstants(type)
                || type.getAnnotations().stream()
                        .anyMatch(annotation ->
                                FOUND_BY_OTHERS.contains(annotation.getRawType().getName()));
    }

    /** The compiler copies constants to where they are used, and leaves no trace of where they came from. */
    private static boolean holdsConstants(JavaClass type) {
        return type.getFields().stream()
                .anyMatch(field -> field.getRawType().isPrimitive()
                        && field.getModifiers()
                                .containsAll(Set.of(JavaModifier.PUBLIC, JavaModifier.STATIC, JavaModifier.FINAL)));
    }

    private static boolean usedElsewhere(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .anyMatch(dependency ->
                        !dependency.getOriginClass().getPackageName().equals(type.getPackageName()));
    }

    /**
     * Whether another package can come across a type: uses it, or a type of this package that says it in a signature, or that it is
     * a kind of.
     *
     * @param asked the types this was asked of on the way here
     */
    private static boolean reachable(JavaClass type, Set<JavaClass> asked) {
        if (asked.contains(type)) {
            return false;
        }
        var asking = new HashSet<>(asked);
        asking.add(type);
        return usedElsewhere(type)
                || type.getDirectDependenciesToSelf().stream()
                        .map(Dependency::getOriginClass)
                        .map(origin -> origin.getEnclosingClass().orElse(origin))
                        .filter(origin -> isPublic(origin) && says(origin, type))
                        .anyMatch(origin -> reachable(origin, asking))
                || type.getAllRawInterfaces().stream()
                        .anyMatch(face -> isPublic(face)
                                && face.getPackageName().equals(type.getPackageName())
                                && reachable(face, asking));
    }

    private static boolean says(JavaClass origin, JavaClass type) {
        return Stream.concat(
                        Stream.of(origin),
                        origin.getPackage().getClasses().stream()
                                .filter(other -> other.getEnclosingClass()
                                        .filter(origin::equals)
                                        .isPresent()))
                .flatMap(holder -> holder.getCodeUnits().stream())
                .filter(member -> !member.getModifiers().contains(JavaModifier.PRIVATE))
                .anyMatch(member -> Stream.concat(
                                member.getReturnType().getAllInvolvedRawTypes().stream(),
                                member.getParameterTypes().stream()
                                        .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()))
                        .anyMatch(type::equals));
    }
}
