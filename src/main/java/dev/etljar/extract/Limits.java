package dev.etljar.extract;

import dev.etljar.run.InputFile;

/** What one archive may unpack to; counts what is really there and never what a header declares. */
final class Limits {

    /** Small archives of blanks and zeros reach high ratios and harm nobody. */
    private static final long RATIO_FROM = 100 * 1024;

    private final InputFile archive;
    private final ExtractDefinition definition;
    private int entries;
    private long unpacked;

    Limits(InputFile archive, ExtractDefinition definition) {
        this.archive = archive;
        this.definition = definition;
    }

    void countEntry() {
        entries++;
        expectEntries(entries);
    }

    /** Refuses an archive that says itself that it has too many. */
    void expectEntries(long number) {
        if (number > definition.maxEntries()) {
            throw Refusal.of(
                    archive.source(),
                    "it has more than " + definition.maxEntries() + " entries; raise 'max-entries' if that is right");
        }
    }

    void countBytes(long bytes) {
        unpacked += bytes;
        if (unpacked > definition.maxSize().toBytes()) {
            throw Refusal.of(
                    archive.source(),
                    "it unpacks to more than " + definition.maxSize().toBytes()
                            + " bytes; raise 'max-size' if that is right");
        }
        if (unpacked > RATIO_FROM && unpacked / definition.maxRatio() > archive.size()) {
            throw Refusal.of(
                    archive.source(),
                    "its " + archive.size() + " bytes unpack to more than " + definition.maxRatio()
                            + " times as many; raise 'max-ratio' if that is right");
        }
    }
}
