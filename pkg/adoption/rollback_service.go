package adoption

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
)

// CheckRollback tells whether Django could go on with a PostgreSQL database, ours or its own: its tables, keys and history
// are there and valid, and what it would insert, change and delete goes through. All of it is done in a transaction that is
// rolled back; only the sequences keep the numbers they gave. A database without Django's current tables is a
// core.Conflict.
func CheckRollback(ctx context.Context, bunDB *bun.DB) (*Rollback, error) {
	if err := requireCurrent(ctx, bunDB); err != nil {
		return nil, err
	}
	tx, err := bunDB.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // that is the point
	c := &rollbackCheck{Rollback: &Rollback{Passed: []string{}, Findings: Findings{}}, tx: tx}
	if err := c.run(ctx); err != nil {
		return nil, explain(err)
	}
	c.Ready = len(c.Findings.At(Error)) == 0
	return c.Rollback, nil
}

// A rollbackCheck is a Rollback in the making.
type rollbackCheck struct {
	*Rollback
	tx    bun.Tx
	found found
}

func (c *rollbackCheck) run(ctx context.Context) error {
	f, err := look(ctx, c.tx)
	if err != nil {
		return err
	}
	if err := f.writable(); err != nil {
		return err
	}
	c.found, c.Heads = f, newHeads(f.history)
	server, err := selectServer(ctx, c.tx)
	if err != nil {
		return err
	}
	c.Role = server.Role
	c.checkHistory()
	for _, part := range []func(context.Context) error{c.checkTables, c.checkReferences, c.checkSequences, c.trySteps} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// checkHistory sees to it that Django finds nothing to migrate.
func (c *rollbackCheck) checkHistory() {
	users, items := c.found.namesOf(usersApp), c.found.namesOf(collectiblesApp)
	lacks := slices.Concat(missingFrom(users, usersMigrations, usersApp), missingFrom(items, collectiblesMigrations, collectiblesApp))
	if len(lacks) > 0 {
		c.Findings.add(Finding{
			Level: Error, ID: "history.lacks", Text: "Django would migrate again what is there", Cases: lacks,
			Hint: "Enter them into django_migrations with Django's 'migrate --fake'.",
		})
		return
	}
	newer := slices.Concat(missingFrom(usersMigrations, users, usersApp), missingFrom(collectiblesMigrations, items, collectiblesApp))
	if len(newer) > 0 {
		c.Findings.add(Finding{
			Level: Warning, ID: "history.newer", Text: "Django's history knows more than this program", Cases: newer,
			Hint: "Start the release of the backend that made them.",
		})
	}
	c.pass("Django's history is complete")
}

// checkTables sees to columns, keys and constraints, and to their being valid.
func (c *rollbackCheck) checkTables(ctx context.Context) error {
	all, err := differences(ctx, c.tx, Current)
	if err != nil {
		return err
	}
	broken := Finding{
		Level: Error, ID: "differences", Text: "the tables are not what Django knows",
		Hint: "Mend them with ALTER TABLE: a column that Django does not know must be nullable or have a default.",
	}
	for _, d := range all {
		if d.Breaks {
			broken.Cases = append(broken.Cases, d.String())
		}
	}
	if len(broken.Cases) > 0 {
		c.Findings.add(broken)
		return nil
	}
	c.pass("tables, columns and keys are Django's, and valid")
	return nil
}

// checkReferences finds foreign keys that Django does not know, from rows that keep it from deleting others.
func (c *rollbackCheck) checkReferences(ctx context.Context) error {
	ours, others, err := selectReferences(ctx, c.tx)
	if err != nil {
		return err
	}
	if len(others) > 0 {
		c.Findings.add(Finding{
			Level: Warning, ID: "references.others", Text: "tables that Django does not know refer to its rows, which cannot be deleted", Cases: others,
			Hint: "'omnistock migrate --drop-old' drops what is left of an older release; for others, delete their rows first.",
		})
	}
	if len(ours) > 0 {
		c.Findings.add(Finding{
			Level: Error, ID: "references", Text: "tables of omnistock keep Django from deleting rows", Cases: ours,
			Hint: "Drop the foreign keys: ALTER TABLE … DROP CONSTRAINT ….",
		})
		return nil
	}
	c.pass("no table of omnistock keeps Django from deleting a row")
	return nil
}

func (c *rollbackCheck) checkSequences(ctx context.Context) error {
	all, err := selectSequences(ctx, c.tx)
	if err != nil {
		return err
	}
	behind := Finding{
		Level: Error, ID: "sequences.behind", Text: "sequences are behind the ids in their tables: Django's next rows would fail", Hint: setSequenceHint,
	}
	tables := currentTables()
	for _, s := range all {
		if s.isBehind() && slices.Contains(tables, s.Table) {
			behind.Cases = append(behind.Cases, s.String())
		}
	}
	if len(behind.Cases) > 0 {
		c.Findings.add(behind)
		return nil
	}
	c.pass("no sequence is behind")
	return nil
}

// trySteps does what Django does. The first step that fails ends it: the others build on it. New rows are known by the
// sequence that their id's column owns.
func (c *rollbackCheck) trySteps(ctx context.Context) error {
	loose, err := selectLoose(ctx, c.tx, currentTables())
	if err != nil {
		return err
	}
	if len(loose) > 0 {
		c.Findings.add(Finding{
			Level: Error, ID: "sequences.loose", Cases: loose,
			Text: "columns count by sequences that they do not own: what Django does to its rows was not tried",
			Hint: "Django does without, but a check needs it: ALTER SEQUENCE … OWNED BY TABLE.COLUMN. It changes no number.",
		})
		return nil
	}
	steps := parseSteps(insertSteps)
	if slices.Contains(c.found.tables, djangoSession) {
		steps = append(steps, parseSteps(sessionSteps)...)
	} else {
		c.Findings.warn("tables.session", "Make it, if you use the admin: 'migrate --fake sessions zero' and 'migrate sessions', both Django's.",
			"the table %s is missing: nobody can log in to Django's admin", djangoSession)
	}
	steps = append(steps, parseSteps(changeSteps)...)
	if err := setLockTimeout(ctx, c.tx); err != nil {
		return err
	}
	for _, s := range steps {
		if err := exec(ctx, c.tx, s.sql); err != nil {
			if ctx.Err() != nil {
				return err
			}
			text := strings.TrimSpace(fmt.Sprintf("%v %s", err, db.Detail(err)))
			c.Findings.fail("steps", "Mend what the message names.", "Django could not %s: %s", s.name, text)
			return nil
		}
		c.pass("%s", s.name)
	}
	return nil
}
