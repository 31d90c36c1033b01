package dev.etljar.download;

/** Hears how far one source is. */
@FunctionalInterface
interface Meter {

    Meter NONE = (done, total) -> {};

    /**
     * @param done bytes of this source
     * @param total its size, or -1 where the server does not say
     */
    void moved(long done, long total);
}
