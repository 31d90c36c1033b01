package dev.etljar.process;

import dev.etljar.run.DataRefusedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** The checkpoints of a load's files, as they were last stored. Thread-safe. */
final class LoadTally {

    private final Load load;
    private final AtomicReferenceArray<Checkpoint> files;

    LoadTally(Load load) {
        this.load = load;
        this.files = new AtomicReferenceArray<>(load.files().size());
        for (int i = 0; i < files.length(); i++) {
            files.set(i, Checkpoint.START);
        }
    }

    Load load() {
        return load;
    }

    void put(int file, Checkpoint checkpoint) {
        files.set(file, checkpoint);
    }

    /** One for each file, in the files' order. */
    List<Checkpoint> checkpoints() {
        return IntStream.range(0, files.length()).mapToObj(files::get).toList();
    }

    /** The sum over all files; its position counts bytes, records and lines done. */
    Checkpoint sum() {
        return checkpoints().stream().reduce(Checkpoint.START, Checkpoint::plus);
    }

    /**
     * @param complete whether all records are known, so that a share of them can be judged
     * @throws DataRefusedException where there are more rejects than the load may have
     */
    void refuseTooManyRejects(boolean complete) {
        Checkpoint sum = sum();
        RejectsDefinition rejects = load.definition().rejects();
        boolean exceeded = complete
                ? rejects.exceededBy(sum.rejected(), sum.position().record())
                : rejects.exceededBy(sum.rejected());
        if (exceeded) {
            throw new DataRefusedException("Load '" + load + "': " + sum.rejected() + " of "
                    + sum.position().record()
                    + " records were rejected, 'rejects.max' is " + rejects.max()
                    + "; nothing was published. See rejects.csv, correct the data or raise the limit, and run again");
        }
    }
}
