/** etl.jar: a batch ETL application that goes on where it stopped. */
@NullMarked
package dev.etljar;

import org.jspecify.annotations.NullMarked;
