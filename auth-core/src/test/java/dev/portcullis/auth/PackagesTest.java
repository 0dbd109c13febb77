package dev.portcullis.auth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** "Packages of auth-core depend on the root package; the root depends on none of them." */
class PackagesTest {

    private static final String ROOT = "dev.portcullis.auth";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void there_are_packages_to_check() {
        assertThat(CORE.contain(PermissionRules.class)).isTrue();
        assertThat(CORE.contain(PackagesTest.class)).isFalse();
    }

    @Test
    void the_root_depends_on_none_of_its_packages() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".*..")
                .check(CORE);
    }

    @Test
    void packages_do_not_depend_on_each_other() {
        slices().matching(ROOT + ".(*)..").should().notDependOnEachOther().check(CORE);
    }
}
