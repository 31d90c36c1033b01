package dev.etljar.doctor;

import java.util.List;

/** Looks at one matter, and leaves everything as it is. */
interface Check {

    /** What is wrong; nothing where all is well. */
    List<Finding> find();
}
