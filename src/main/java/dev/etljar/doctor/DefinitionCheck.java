package dev.etljar.doctor;

import java.util.List;

/** Whether the definitions can be read. */
record DefinitionCheck(Jobs jobs) implements Check {

    private static final String BETWEEN = ": ";

    @Override
    public List<Finding> find() {
        return jobs.named().isEmpty() && jobs.errors().isEmpty()
                ? List.of(Finding.warning(
                        "There is no job",
                        "config/jobs",
                        "Put NAME.yml there, or name the folder that holds config and data: --etl.home=DIR"))
                : jobs.errors().stream().map(DefinitionCheck::finding).toList();
    }

    private static Finding finding(String error) {
        int end = error.indexOf(BETWEEN);
        return end < 0
                ? Finding.error(error, "config/jobs", "Name a job that is there")
                : Finding.error(
                        error.substring(end + BETWEEN.length()),
                        error.substring(0, end),
                        "Correct it; 'check NAME' then shows what would run");
    }
}
