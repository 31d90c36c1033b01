package dev.etljar.process;

import dev.etljar.csv.RawRecord;

/** Makes an item of each record of a partition, always the same of the same. */
interface RecordConverter {

    Item convert(RawRecord raw);
}
