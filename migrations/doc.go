// Package migrations holds the history of the schema, step by step, and applies it.
//
// A step is one file for both engines, NUMBER_NAME.tx.up.sql, a text/template in which the few words that differ come
// from type words. It runs in one transaction together with its row in the table omnistock_migrations: a step that
// fails leaves nothing behind. A released step never changes (frozen.txt holds its hash); schema.postgres.sql and
// schema.sqlite.sql show what the steps add up to. All three are written by the tests:
//
//	go test ./migrations -update
//
// The first step makes the tables of Omni-Stock's Django backend, so that a database can be served by either program.
// A database that Django made is refused until it is adopted.
package migrations
