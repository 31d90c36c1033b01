package dev.etljar.doctor;

import dev.etljar.launch.RunInspection;
import java.util.List;

/** Whether the job repository keeps anything at all: Spring Batch has one that does not. */
record StorageCheck(Site repository, RunInspection inspection) implements Check {

    @Override
    public List<Finding> find() {
        return inspection.keepsNothing()
                ? List.of(Finding.error(
                        "The job repository is Spring Batch's resourceless one: it forgets each run with its process",
                        repository.where(),
                        "Start etl.jar as it is, without beans of others that replace its own"))
                : List.of();
    }
}
