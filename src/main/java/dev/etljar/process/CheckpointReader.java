package dev.etljar.process;

import dev.etljar.csv.RawRecord;
import dev.etljar.csv.RecordReader;
import dev.etljar.database.RowWriter;
import dev.etljar.row.RecordConverter;
import dev.etljar.run.DataRefusedException;
import dev.etljar.run.InputFile;
import dev.etljar.run.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads and converts the records of one partition, from its checkpoint on, a chunk's at a time, and stores the checkpoint in
 * each chunk's transaction.
 * It is itself the {@code ItemStream}: Spring Batch calls {@link #update} after the chunk was written and before it is
 * committed, so the position that is stored is always the one after the chunk's last record.
 */
final class CheckpointReader implements ItemStreamReader<Slice> {

    private final Partition partition;
    private final InputFile file;
    private final CheckpointStore checkpoints;
    private final PartitionTally tally;
    private final StopSignal stop;
    private final RecordConverter converter;
    private final RowWriter rows;
    private final ChunkGate gate;
    private @Nullable RecordReader reader;

    CheckpointReader(
            Partition partition,
            CheckpointStore checkpoints,
            PartitionTally tally,
            StopSignal stop,
            RecordConverter converter,
            RowWriter rows,
            ChunkGate gate) {
        this.partition = partition;
        this.file = partition.input();
        this.checkpoints = checkpoints;
        this.tally = tally;
        this.stop = stop;
        this.converter = converter;
        this.rows = rows;
        this.gate = gate;
    }

    @Override
    public void open(ExecutionContext context) {
        Checkpoint checkpoint = checkpoints.open(context, partition.range().from());
        try {
            reader = new RecordReader(
                    file.path(),
                    partition.load().csv(),
                    checkpoint.position(),
                    partition.range().end());
            // Once it is open: whatever takes its place from here on is not what is read.
            file.requireUnchanged(stop);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read " + file.source() + " at byte "
                            + checkpoint.position().offset(),
                    e);
        }
        tally.resume(checkpoint);
    }

    @Override
    public @Nullable Slice read() throws IOException {
        refuseTooManyRejects();
        RecordReader records = open();
        Slice slice = new Slice(rows);
        while (slice.size() < gate.records()) {
            RawRecord record = records.next();
            if (record == null) {
                break;
            }
            slice.add(converter.convert(record));
        }
        return slice.size() == 0 ? null : slice;
    }

    private void refuseTooManyRejects() throws IOException {
        try {
            tally.refuseTooManyRejects();
        } catch (DataRefusedException e) {
            requireUnchanged();
            throw e;
        }
    }

    /**
     * To be called when nothing more is read. The file that was read counts: one that was deleted or replaced meanwhile
     * was still read to its end.
     *
     * @throws DataRefusedException where it was written to meanwhile, so that what was read may be a mix
     */
    void requireUnchanged() throws IOException {
        if (reader != null && !file.isUntouched()) {
            file.requireContent(reader.size(), reader.sha256(stop));
        }
    }

    @Override
    public void update(ExecutionContext context) {
        checkpoints.store(tally.at(open().position()), context);
        partition.report();
    }

    @Override
    public void close() {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + file.source(), e);
            }
        }
    }

    private RecordReader open() {
        if (reader == null) {
            throw new IllegalStateException("not open: " + file.source());
        }
        return reader;
    }
}
