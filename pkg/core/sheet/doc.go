// Package sheet reads and writes tables as files: CSV and XLSX, row by row, in memory that does not grow with the file. It
// knows nothing of what the tables are about.
//
// Open tells the format by the content, and recognises the encoding and the delimiter of CSV. What is written comes back
// the same when it is read, whatever the cells hold:
//
//   - CSV keeps line breaks of all kinds, and puts an apostrophe in front of what a spreadsheet would run as a formula
//     (see escapeFormula), which reading takes off again.
//   - XLSX writes texts as texts, which are never run, and spells what XML cannot hold as _xHHHH_, as Excel does.
//
// A row that is broken is a RowError, after which reading goes on. A file that is damaged, or made to fill the memory, is
// an error, never a table that ends early.
//
// XLSX is read here, on archive/zip and encoding/xml, and not by excelize, because that library reads a damaged file up to
// the damage and reports no error, bounds neither shared strings nor cells, and writes U+FFFD for control characters.
// The tests hold both sides against it.
package sheet
