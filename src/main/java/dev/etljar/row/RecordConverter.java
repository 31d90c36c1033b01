package dev.etljar.row;

import dev.etljar.csv.RawRecord;

/** Makes an item of each record of a file, always the same of the same. */
public interface RecordConverter {

    Item convert(RawRecord raw);
}
