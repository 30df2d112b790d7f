package migrations

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/uptrace/bun/migrate"
)

//go:embed *.up.sql
var files embed.FS

// steps reads the steps of a folder, in the order of their numbers.
func steps(fsys fs.FS) (migrate.MigrationSlice, error) {
	found := migrate.NewMigrations()
	if err := found.Discover(fsys); err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	sorted := found.Sorted()
	for i := range sorted {
		sorted[i].Name = sorted[i].String() // its number alone would tell nobody what it is
	}
	return sorted, nil
}
