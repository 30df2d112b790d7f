// Package backup keeps copies of an installation, and puts them back.
//
// An archive is one file, a tar compressed with zstd. It holds the rows of all tables as text (tables/NAME/NUMBER.jsonl:
// a line with the names of the columns, then a line for each row, both JSON lists), the images of the data folder
// (media/KEY) and, if asked for, those of the bucket (bucket/KEY), and at its end manifest.json: what was written by
// which version for which schema, with a checksum of each file and each table. The rows are in no engine's own form: what
// was written on PostgreSQL is restored on SQLite, and the other way round. docs/backup.md tells the details.
//
// Create writes an archive of one moment while others go on writing; it appears under its name when it is whole. Open
// checks an archive from end to end. Restore puts it back in one transaction, and compares what the database then holds
// with the manifest before it commits. RunEvery is the schedule of a server.
//
// Which tables there are is read off the models of the program. The package stands on fixtures, whose reading of values
// it shares.
package backup
