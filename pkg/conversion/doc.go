// Package conversion copies a whole database into another one, of the same engine or of the other, and proves that it
// arrived.
//
// Rows go through the models of the program, which read and write the same values on both engines. A table is merged
// into the target in batches by primary key: rows that are missing are inserted, rows that differ are replaced, and before
// all that rows that the source lacks are deleted, with all that refers to them. So a conversion that was interrupted,
// however rudely, goes on when it is run again, also where the source has changed. At its end both databases are read once
// more, and the checksums of each row compared.
//
//   - The source is read as it is at one moment: others may go on writing to it, but the target will not have that.
//   - The marker is a table of the target that says from where an unfinished conversion comes.
//   - The text of a row is its canonical form, the same for the same values: documents are equal if their meaning is,
//     numbers to the last digit, moments to the microsecond.
package conversion
