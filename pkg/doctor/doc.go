// Package doctor looks for what goes wrong with an installation while it runs: a disk that fills up, a clock that is
// wrong, connections that run out, statements that are slow, indexes, constraints and sequences that are not what the
// schema wants, rows that refer to nothing, backups that are too old. It changes nothing.
//
// A domain has diagnoses of its own for its rows (app.Module); the command "omnistock doctor" makes all of them.
package doctor
