package dev.etljar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The house's rules, as README's chapter Architecture draws them. */
class HouseTests {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.etljar");

    @Test
    void roomsUseOnlyWhatTheirPackageAllows() {
        ApplicationModules.of("dev.etljar").verify();
    }

    @Test
    void springBatchStaysWhereStepsAreMade() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.etljar.job..", "dev.etljar.launch..", "dev.etljar.repository..", "dev.etljar.process..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.batch..")
                .because("what is handed over, shown and stored must outlive a change of the framework")
                .check(classes);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.etljar.command..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("rooms tell a listener; who prints is decided in one place")
                .check(classes);
    }
}
