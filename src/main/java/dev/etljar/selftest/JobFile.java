package dev.etljar.selftest;

/**
 * The definition of a round's job.
 *
 * @param target the name of the target, or empty for the job repository's own database
 * @param gated whether it waits for approval before FINALIZE
 * @param refused whether a rule refuses whatever is loaded
 * @param mistaken whether it loads another column in place of the text
 */
record JobFile(Mode mode, String target, int checkpointEvery, boolean gated, boolean refused, boolean mistaken) {

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
                    - { name: text, from: %s, type: varchar(40) }
                    - { name: amount, type: "decimal(12,2)" }
                  rejects: { max: 50%% }
            validate:
              - { rule: not-null, table: %s, columns: [id, amount] }
              - { rule: unique, table: %s, columns: [id], severity: warn }
            %sfinalize: { %s, archive: data/archive }
            """;

    static JobFile of(Round round) {
        SelftestRequest request = round.request();
        return new JobFile(
                round.mode(),
                request.embeddedRepository() ? Home.TARGET : "",
                round.checkpointEvery(),
                false,
                false,
                false);
    }

    JobFile checkpointEvery(int records) {
        return new JobFile(mode, target, records, gated, refused, mistaken);
    }

    JobFile waiting() {
        return new JobFile(mode, target, checkpointEvery, true, refused, mistaken);
    }

    JobFile refusing() {
        return new JobFile(mode, target, checkpointEvery, gated, true, mistaken);
    }

    JobFile mistaken(boolean is) {
        return new JobFile(mode, target, checkpointEvery, gated, refused, is);
    }

    /** As it is written down. */
    String text() {
        return TEXT.formatted(
                target.isEmpty() ? "" : "target: " + target + "\n",
                gated ? "approve: before FINALIZE\n" : "",
                Home.INPUT,
                checkpointEvery,
                mode.table(),
                mistaken ? "id" : "text",
                mode.table(),
                mode.table(),
                refused ? "  - { rule: row-count, table: " + mode.table() + ", max: 1 }\n" : "",
                mode.definition());
    }
}
