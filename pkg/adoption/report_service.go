package adoption

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
)

// errNotPostgres is what is said of a database that cannot be adopted.
var errNotPostgres = core.Errorf(core.Invalid, "only PostgreSQL databases can be adopted: name one, such as "+
	"postgres://shop@db.example/shop, or set DATABASE_URL; rows of a SQLite file that Django made come through its dumpdata and 'omnistock loaddata'")

// Inspect reports on a PostgreSQL database, of whatever state. It changes nothing, and asks for nothing that a replica
// would not give. All it tells is of one moment. mediaURL is that of the Options to migrate with. Any other database is
// core.Invalid.
func Inspect(ctx context.Context, bunDB *bun.DB, mediaURL string) (*Report, error) {
	if !db.IsPostgres(bunDB) {
		return nil, errNotPostgres
	}
	steps, err := migrations.Status(ctx, bunDB)
	if err != nil {
		return nil, explain(err)
	}
	tx, err := bunDB.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // it has nothing to lose
	r := &Report{
		Differences: []Difference{}, Tables: []Table{}, Passwords: []PasswordCount{}, Sessions: []Session{}, Findings: Findings{},
	}
	i := &inspection{Report: r, tx: tx, mediaURL: mediaURL}
	if err := i.run(ctx, steps); err != nil {
		return nil, explain(err)
	}
	r.Ready = len(r.Findings.At(Error)) == 0
	return r, nil
}

// An inspection is a report in the making.
type inspection struct {
	*Report
	tx       bun.Tx
	mediaURL string
	found    found
}

func (i *inspection) run(ctx context.Context, steps []migrations.Step) (err error) {
	if i.Server, err = selectServer(ctx, i.tx); err != nil {
		return err
	}
	if i.found, err = look(ctx, i.tx); err != nil {
		return err
	}
	i.Heads = newHeads(i.found.history)
	if i.State, err = i.found.state(); err != nil {
		if core.KindOf(err) != core.Conflict {
			return err
		}
		i.Findings.fail("state", "Nothing can be done with it as it is.", "%s", err)
	}
	i.judgeServer()
	i.judgeSteps(steps)
	for _, part := range []func(context.Context) error{i.lookAtExtension, i.lookAtTables, i.lookAtSessions} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (i *inspection) judgeSteps(steps []migrations.Step) {
	if newer := slices.DeleteFunc(steps, func(s migrations.Step) bool { return !s.Unknown }); len(newer) > 0 {
		i.Findings.fail("steps.newer", "Use that version.", "the database was migrated by a newer version of omnistock, which knows %s", newer[0].Name)
	}
}

// lookAtTables goes through all that stands in the tables of Django's.
func (i *inspection) lookAtTables(ctx context.Context) error {
	if i.State == "" || i.State == Empty {
		return nil
	}
	if err := i.lookAtDifferences(ctx); err != nil {
		return err
	}
	hidden, err := i.lookAtRights(ctx)
	if err != nil {
		return err
	}
	if hidden || i.lacksSomething() {
		i.Findings.warn("content", "Mend the errors, and ask again.", "what is in the tables was not looked at")
		return nil
	}
	for _, part := range []func(context.Context) error{
		i.countRows, i.lookAtPasswords, i.lookAtContent, i.lookAtImages, i.lookAtJSON, i.lookAtSequences,
	} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// lookAtDifferences compares the tables with those of the state. Tables of the current state that an older database has
// already must be what they are to become.
func (i *inspection) lookAtDifferences(ctx context.Context) (err error) {
	target := Current
	if i.State == Older {
		target = Older
		early, err := differences(ctx, i.tx, Current)
		if err != nil {
			return err
		}
		for _, d := range early {
			table := tableOf(d.Subject)
			if d.Breaks && slices.Contains(i.found.tables, table) && !strings.Contains(olderCatalog, "table "+table+"\t") {
				i.Differences = append(i.Differences, d)
			}
		}
	}
	all, err := differences(ctx, i.tx, target)
	if err != nil {
		return err
	}
	i.Differences = append(i.Differences, all...)
	i.judgeDifferences()
	return nil
}

// lacksSomething reports whether a table or a column that the questions name is missing, or another than they think.
func (i *inspection) lacksSomething() bool {
	lacks := slices.ContainsFunc(i.Differences, func(d Difference) bool {
		return d.Want != "" && (strings.HasPrefix(d.Subject, "table ") || strings.HasPrefix(d.Subject, "column "))
	})
	return lacks || !slices.Contains(i.found.tables, adminLog)
}

func (i *inspection) countRows(ctx context.Context) (err error) {
	columns, err := selectFragileColumns(ctx, i.tx)
	if err != nil {
		return err
	}
	unreadable := Finding{
		Level: Warning, ID: "values.unreadable", Text: "values that the API cannot show: it would answer 500",
		Hint: "Give them a value, or none, with UPDATE.",
	}
	for _, name := range i.found.tables {
		rows, cases, err := countTable(ctx, i.tx, name, columns[name])
		if err != nil {
			return err
		}
		i.Tables = append(i.Tables, Table{Name: name, Rows: rows})
		unreadable.Cases = append(unreadable.Cases, cases...)
	}
	if len(unreadable.Cases) > 0 {
		i.Findings.add(unreadable)
	}
	totals, err := selectTotals(ctx, i.tx, i.State)
	i.Totals, i.Seconds = &totals, estimate(i.State, totals.Items)
	return err
}

// lookAtContent asks all questions that are for this state.
func (i *inspection) lookAtContent(ctx context.Context) error {
	for _, q := range questions {
		hint, asked := q.hints[i.State]
		if !asked {
			continue
		}
		cases, count, err := selectCases(ctx, i.tx, i.State, q.query)
		if err != nil {
			return err
		}
		level := q.level
		if q.isNote(i.State) {
			level = Note
		}
		if count > 0 {
			i.Findings.add(Finding{Level: level, ID: q.id, Text: q.text, Hint: hint, Cases: cases, Count: count})
		}
	}
	return nil
}
