// Package db opens the database and knows all that differs between its two engines.
//
// SQLite is the embedded default: one connection writes, several read. PostgreSQL is for production. Either way the
// rest of the program holds a *bun.DB and speaks the SQL that both understand:
//
//   - Open returns the database for a URL without touching it.
//   - InTx runs a use case in one transaction, again where the engine asks for it.
//   - AfterCommit keeps what cannot be undone until the transaction has committed.
//   - Error and the violation predicates say what a failure of the database means.
//
// Times go in and come out in UTC. Statements outside a transaction may run on any connection: a SELECT on SQLite
// runs on a reading one, which sees all that was committed before, and nothing of a transaction still open.
package db
