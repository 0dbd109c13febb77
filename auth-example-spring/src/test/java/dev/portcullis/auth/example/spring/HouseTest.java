package dev.portcullis.auth.example.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.example.APISuite;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.redis.RedisServer;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.spring.RequiresPermission;
import dev.portcullis.auth.spring.test.WithCaller;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a machine can check, in all modules that are published, the command and the examples. */
class HouseTest {

    private static final String ROOT = "dev.portcullis.auth";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(place -> !place.contains("-tests.jar"))
            .importPackages(ROOT);

    private static final DescribedPredicate<JavaClass> HOLDS_SOMETHING = DescribedPredicate.describe(
            "has fields",
            type -> type.getFields().stream()
                    .anyMatch(field -> !field.getModifiers().contains(JavaModifier.STATIC)));

    private static final DescribedPredicate<JavaMethod> OF_OUR_OWN =
            DescribedPredicate.describe("no framework asks for", HouseTest::overridesNothing);

    private static final DescribedPredicate<JavaClass> SECRET = DescribedPredicate.describe(
            "named for a secret",
            type -> type.getSimpleName().contains("Secret")
                    || type.getSimpleName().contains("Plaintext")
                    || type.getSimpleName().contains("Pepper")
                    || type.getSimpleName().contains("SHA256"));

    @Test
    void there_is_a_house_to_check() {
        assertThat(Stream.of(
                        PermissionRules.class,
                        AuthenticationFilter.class,
                        JDBCAPIKeyStore.class,
                        RedisServer.class,
                        RequiresPermission.class,
                        WithCaller.class,
                        TokenIssuer.class,
                        dev.portcullis.auth.cli.Main.class,
                        Main.class))
                .allMatch(HOUSE::contain);
        assertThat(HOUSE.contain(HouseTest.class)).isFalse();
        assertThat(HOUSE.contain(APISuite.class)).isFalse();
    }

    @Test
    void there_are_no_abstract_classes() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .notHaveModifier(JavaModifier.ABSTRACT)
                .check(HOUSE);
    }

    @Test
    void there_are_no_thread_locals() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(HOUSE);
    }

    @Test
    void there_is_no_mutable_static_state() {
        fields().that().areStatic().should().beFinal().check(HOUSE);
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(DescribedPredicate.describe(
                        "an array or collection that can change", HouseTest::isMutableHolder))
                .check(HOUSE);
    }

    private static boolean isMutableHolder(JavaClass type) {
        return type.getPackageName().startsWith("java.util.concurrent")
                || type.getName().matches("java\\.util\\.(Hash|Linked|Tree|Array|Enum|Weak|Identity)\\w*");
    }

    @Test
    void there_are_no_setters() {
        noMethods().that(OF_OUR_OWN).should().haveNameMatching("set[A-Z].*").check(HOUSE);
    }

    private static boolean overridesNothing(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .flatMap(above -> above.getMethods().stream())
                .noneMatch(above -> above.getName().equals(method.getName()));
    }

    @Test
    void optional_is_no_field_and_no_parameter() {
        noFields().should().haveRawType(Optional.class).check(HOUSE);
        noMethods()
                .that()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .haveRawParameterTypes(DescribedPredicate.describe(
                        "an Optional", types -> types.stream().anyMatch(type -> type.isEquivalentTo(Optional.class))))
                .check(HOUSE);
    }

    /** But by what people start. */
    @Test
    void nothing_is_printed() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..example..", "..cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(HOUSE);
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(HOUSE);
    }

    /** "A type that holds a secret is a class with a redacted toString, never a record." */
    @Test
    void types_named_for_secrets_are_classes_with_their_own_toString() {
        classes()
                .that(SECRET)
                .and(HOLDS_SOMETHING)
                .and()
                .areTopLevelClasses()
                .should()
                .notBeAssignableTo(Record.class)
                .andShould(declareToString())
                .check(HOUSE);
    }

    /** A record shows all of its components, so none of them may be a secret in the open. */
    @Test
    void records_hold_no_plaintext() {
        noFields()
                .that()
                .areNotStatic()
                .and()
                .areDeclaredInClassesThat()
                .areAssignableTo(Record.class)
                .should()
                .haveNameMatching("(?i).*(plaintext|secret|password|token)")
                .andShould()
                .haveRawType(String.class)
                .check(HOUSE);
    }

    @Test
    void there_are_no_rooms_for_odds_and_ends() {
        noClasses()
                .should()
                .resideInAnyPackage("..internal..", "..util..", "..helper..")
                .check(HOUSE);
        noClasses().should().haveSimpleNameEndingWith("Util").check(HOUSE);
        noClasses().should().haveSimpleNameEndingWith("Utils").check(HOUSE);
        noClasses().should().haveSimpleNameEndingWith("Helper").check(HOUSE);
    }

    /** Users implement interfaces; they do not extend classes. */
    @Test
    void public_classes_are_final() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(HOUSE);
    }

    private static ArchCondition<JavaClass> declareToString() {
        return new ArchCondition<>("declare toString()") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Optional<JavaMethod> own = type.tryGetMethod("toString");
                events.add(new SimpleConditionEvent(
                        type, own.isPresent(), type.getName() + " declares toString(): " + own.isPresent()));
            }
        };
    }

    @Test
    void public_methods_of_builders_return_what_can_be_chained_or_used() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleName("Builder")
                .and()
                .arePublic()
                .should()
                .notHaveRawReturnType(void.class)
                .check(HOUSE);
    }
}
