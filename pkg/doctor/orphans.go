package doctor

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A reference is a column that holds ids of another table.
type reference struct{ Table, Column, To, ToColumn string }

func (r reference) String() string { return r.Table + "." + r.Column }

// unguardedReferences have no foreign key: Django, which knows nothing of our tables, could not delete a row otherwise.
var unguardedReferences = []reference{
	{"omnistock_idempotencykey", "user_id", "users_user", "id"},
}

// guardedReferences reads the foreign keys of the schema.
func guardedReferences(postgres bool) (all []reference) {
	foreignKey := regexp.MustCompile(`FOREIGN KEY \((\w+)\) REFERENCES (\w+) ?\((\w+)\)`)
	tableLine, table := regexp.MustCompile(tableForm), ""
	for line := range strings.Lines(migrations.Schema(postgres)) {
		if m := tableLine.FindStringSubmatch(line); m != nil {
			table = m[1]
		}
		if m := foreignKey.FindStringSubmatch(line); m != nil {
			all = append(all, reference{Table: table, Column: m[1], To: m[2], ToColumn: m[3]})
		}
	}
	return all
}

// orphans finds rows that refer to nothing although a foreign key should keep them from it: it is missing, or was off.
func (d doctor) orphans(ctx context.Context) ([]check.Message, error) {
	return d.dangling(ctx, guardedReferences(db.IsPostgres(d.DB)), check.Message{
		Level: check.Error, ID: "data.E001",
		Hint: "something wrote past the foreign keys: restore what is missing from a backup, or delete these rows",
	})
}

// unguarded finds rows of ours that refer to what is deleted.
func (d doctor) unguarded(ctx context.Context) ([]check.Message, error) {
	return d.dangling(ctx, unguardedReferences, check.Message{
		Level: check.Info, ID: "data.I001", Hint: "harmless; omnistock flushexpiredtokens deletes them once they expired",
	})
}

func (d doctor) dangling(ctx context.Context, references []reference, m check.Message) (msgs []check.Message, err error) {
	for _, r := range references {
		cases, err := selectDangling(ctx, d.DB, r)
		if err != nil {
			return msgs, fmt.Errorf("%s: %w", r, err)
		}
		m.Object, m.Text = r.String(), "rows that refer to no row of "+r.To
		msgs = append(msgs, check.Finding(m, cases)...)
	}
	return msgs, nil
}
