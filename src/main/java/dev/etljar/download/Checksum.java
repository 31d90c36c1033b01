package dev.etljar.download;

import dev.etljar.run.DataRefusedException;

/** Compares a content with what the definition expects of it. */
final class Checksum {

    private Checksum() {}

    static void verify(Source source, String actual) {
        String expected = source.sha256();
        if (expected != null && !expected.equals(actual)) {
            throw new DataRefusedException(
                    source.label() + " is not the file that the definition expects: expected sha256 " + expected
                            + ", actual " + actual + "; have the file replaced, or correct 'sha256'");
        }
    }
}
