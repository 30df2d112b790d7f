package migrations

import _ "embed"

// What the steps add up to. Tests write both.
//
//go:embed schema.postgres.sql
var postgresGolden string

//go:embed schema.sqlite.sql
var sqliteGolden string

// Schema returns what the steps add up to, as SQL that is for reading.
func Schema(postgres bool) string {
	if postgres {
		return postgresGolden
	}
	return sqliteGolden
}
