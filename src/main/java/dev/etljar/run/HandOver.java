package dev.etljar.run;

import java.util.Optional;

/** What a room hands to the next one: a record that is stored with the job before the room's step completes. */
public sealed interface HandOver permits InputFiles, StagedTables, Verdict, Publication {

    /** Why the data must not go on to the next room, in one message for a person; empty when it may. */
    default Optional<String> refusal() {
        return Optional.empty();
    }
}
