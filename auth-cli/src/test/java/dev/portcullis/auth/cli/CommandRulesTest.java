package dev.portcullis.auth.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.portcullis.auth.SecretText;
import org.junit.jupiter.api.Test;

/** The rules of the house that a machine can check, for this room of it. */
class CommandRulesTest {

    private static final JavaClasses ROOM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CommandRulesTest.class.getPackageName());

    @Test
    void there_is_a_room_to_check() {
        assertThat(ROOM.contain(Portcullis.class)).isTrue();
    }

    @Test
    void only_the_entrance_is_public() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should()
                .be(Main.class)
                .check(ROOM);
    }

    /** So that every test sees all that is printed. */
    @Test
    void only_the_terminal_knows_the_streams_of_the_process() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Terminal.class)
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(ROOM);
    }

    @Test
    void records_hold_no_secret() {
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .areAssignableTo(Record.class)
                .should()
                .haveRawType(SecretText.class)
                .orShould()
                .haveNameMatching("(?i).*(plaintext|secret|password|token)")
                .check(ROOM);
    }

    /** What is thrown ends on a screen or in a log: it is told in words of our own. */
    @Test
    void only_our_own_failures_are_thrown_with_words() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(JSON.class, ImportFormat.class)
                .should()
                .callConstructor(IllegalArgumentException.class, String.class)
                .orShould()
                .callConstructor(IllegalStateException.class, String.class)
                .orShould()
                .callConstructor(RuntimeException.class, String.class)
                .check(ROOM);
    }
}
