package dev.etljar.run;

/**
 * Names a job instance in a database that several job repositories may load into.
 *
 * @param repository the token of the job repository, eight hexadecimal digits
 * @param instance the job instance's ID in it
 */
public record RunId(String repository, long instance) {

    /** What the names of the tables begin with that keep what the instance replaced or overwrote. */
    public String imagePrefix() {
        return "etl_image_" + repository + "_" + instance + "_";
    }

    /** What the names of the instance's staging tables begin with. */
    public String stagingPrefix() {
        return "etl_stage_" + repository + "_" + instance + "_";
    }
}
