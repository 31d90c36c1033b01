package dev.etljar.selftest;

/**
 * The definition of a round's job.
 *
 * @param target the name of the target, or empty for the job repository's own database
 * @param gated whether it waits for approval before FINALIZE
 */
record JobFile(Mode mode, String target, int checkpointEvery, boolean gated) {

    private static final String TEXT = """
            %s%sretry: { attempts: 5, pause: 200ms, max-pause: 5s }
            download: [{ url: %s }]
            process:
              checkpoint-every: %d
              parallelism: 4
              range-size: 16KB
              loads:
                - files: "*.csv"
                  table: %s
                  create: true
                  columns:
                    - { name: id, type: bigint, required: true }
                    - { name: text, type: varchar(40) }
                    - { name: amount, type: "decimal(12,2)" }
                  rejects: { max: 50%% }
            validate:
              - { rule: not-null, table: %s, columns: [id, amount] }
              - { rule: unique, table: %s, columns: [id], severity: warn }
            finalize: { %s, archive: data/archive }
            """;

    static JobFile of(Round round) {
        SelftestRequest request = round.request();
        return new JobFile(
                round.mode(), request.embeddedRepository() ? Home.TARGET : "", request.checkpointEvery(), false);
    }

    JobFile checkpointEvery(int records) {
        return new JobFile(mode, target, records, gated);
    }

    JobFile waiting() {
        return new JobFile(mode, target, checkpointEvery, true);
    }

    /** As it is written down. */
    String text() {
        return TEXT.formatted(
                target.isEmpty() ? "" : "target: " + target + "\n",
                gated ? "approve: before FINALIZE\n" : "",
                Home.INPUT,
                checkpointEvery,
                mode.table(),
                mode.table(),
                mode.table(),
                mode.definition());
    }
}
