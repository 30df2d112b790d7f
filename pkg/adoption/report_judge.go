package adoption

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// oldestPostgres is the oldest version in which pg_trgm needs no superuser, as PostgreSQL counts.
const oldestPostgres = 130000

func (i *inspection) judgeServer() {
	s := i.Server
	switch {
	case s.Replica:
		i.Findings.fail("server.replica", "Run 'omnistock migrate' on the primary. What this report says holds there, as of a moment ago.",
			"the server is a replica, which takes no changes")
	case s.ReadOnly:
		i.Findings.fail("server.read_only", "Set default_transaction_read_only to off for the role and the database, or use another role.",
			"the database is read only for the role %s", s.Role)
	}
	if s.Schema == "" {
		i.Findings.fail("server.schema", "Grant USAGE and CREATE on the schema to the role, or use its owner.", "the role %s sees no schema", s.Role)
	} else if !s.MayCreate && !s.Replica {
		i.Findings.fail("server.create", fmt.Sprintf("Grant CREATE on the schema %s to %s, or use its owner.", s.Schema, s.Role),
			"the role %s may not make tables in the schema %s", s.Role, s.Schema)
	}
	if s.Number < oldestPostgres {
		i.Findings.warn("server.version", "Upgrade the server to a version that PostgreSQL still supports, before or after.",
			"PostgreSQL %s is older than any that omnistock is tested with", s.Version)
	}
	if s.Encoding != "UTF8" {
		i.Findings.warn("server.encoding", "Dump it and restore it into a database of the encoding UTF8.",
			"the encoding is %s: not every text can be stored", s.Encoding)
	}
	if s.CType == "C" || s.CType == "POSIX" {
		i.Findings.warn("server.ctype", "Dump it and restore it into a database with LC_CTYPE, such as C.UTF-8.",
			"LC_CTYPE is %s: small and capital letters beyond ASCII count as different ones", s.CType)
	}
}

// lookAtExtension sees to pg_trgm, which an index for searching needs.
func (i *inspection) lookAtExtension(ctx context.Context) error {
	e, err := selectTrigrams(ctx, i.tx)
	if err != nil {
		return err
	}
	const id, create = "extension.pg_trgm", "Let a superuser run CREATE EXTENSION pg_trgm in this database."
	switch {
	case e.Usable, i.State == "":
	case e.Installed:
		i.Findings.fail(id, fmt.Sprintf("ALTER ROLE %s SET search_path = %s, %s.", i.Server.Role, i.Server.Schema, e.Schema),
			"the extension pg_trgm is in the schema %s, where the role %s does not look", e.Schema, i.Server.Role)
	case !e.Available:
		i.Findings.fail(id, "Install PostgreSQL's contrib package on the server.", "the server does not have the extension pg_trgm")
	case !e.MayCreate:
		i.Findings.fail(id, create, "the extension pg_trgm is missing, and the role %s may not make it", i.Server.Role)
	default:
		i.Findings.add(Finding{Level: Note, ID: id, Text: "the extension pg_trgm is missing", Hint: "'omnistock migrate' makes it."})
	}
	return nil
}

func (i *inspection) judgeDifferences() {
	broken := Finding{
		Level: Error, ID: "differences", Text: "the tables are not what Django makes of them",
		Hint: "Mend them: a constraint that is not valid with ALTER TABLE … VALIDATE CONSTRAINT, a column or a key with ALTER TABLE.",
	}
	harmless := Finding{
		Level: Note, ID: "differences.harmless", Text: "differences that do no harm", Hint: "They may stay.",
	}
	for _, d := range i.Differences {
		if d.Breaks {
			broken.Cases = append(broken.Cases, d.String())
		} else {
			harmless.Cases = append(harmless.Cases, d.String())
		}
	}
	for _, f := range []Finding{broken, harmless} {
		if len(f.Cases) > 0 {
			i.Findings.add(f)
		}
	}
	if !slices.Contains(i.found.tables, adminLog) && i.State == Older {
		i.Findings.fail("tables.admin_log", "Make it with Django's 'migrate admin'.", "the table %s is missing", adminLog)
	}
}

// lookAtRights sees to what the role may do with the tables, and to what others have tied to them. hidden says that
// there are rows which the role does not see.
func (i *inspection) lookAtRights(ctx context.Context) (hidden bool, err error) {
	foreign, err := selectLines(ctx, i.tx, foreignTables)
	if err != nil {
		return false, err
	}
	if len(foreign) > 0 && i.State != Own {
		i.Findings.add(Finding{
			Level: Error, ID: "rights.owner", Text: fmt.Sprintf("the role %s does not own the tables", i.Server.Role),
			Hint: "Use their owner, or grant its role to this one.", Cases: foreign,
		})
	}
	unseen, err := selectLines(ctx, i.tx, unseenTables)
	if err != nil {
		return false, err
	}
	if len(unseen) > 0 {
		i.Findings.add(Finding{
			Level: Error, ID: "rights.read", Text: fmt.Sprintf("the role %s does not see all rows", i.Server.Role),
			Hint: "Grant SELECT on them, or BYPASSRLS where row level security hides rows.", Cases: unseen,
		})
	}
	return len(unseen) > 0, i.lookAtDependents(ctx)
}

// lookAtDependents finds what keeps an older database from being changed, or is not carried over.
func (i *inspection) lookAtDependents(ctx context.Context) error {
	if i.State != Older {
		return nil
	}
	dependents, err := selectDependents(ctx, i.tx, changedColumns)
	if err != nil {
		return err
	}
	if len(dependents) > 0 {
		i.Findings.add(Finding{
			Level: Error, ID: "tables.dependents", Text: "columns that change are used by something that Django did not make",
			Hint: "Drop it, and make it again on the new columns afterwards.", Cases: dependents,
		})
	}
	triggers, err := selectTriggers(ctx, i.tx, changedTables)
	if err != nil {
		return err
	}
	if len(triggers) > 0 {
		i.Findings.add(Finding{
			Level: Warning, ID: "tables.triggers", Text: "triggers that Django did not make run while rows are changed",
			Hint: "'omnistock migrate --rehearse' shows whether they let it through. Where they should not run: ALTER TABLE … DISABLE TRIGGER …, " +
				"and ENABLE afterwards.",
			Cases: triggers,
		})
	}
	grants, err := selectLines(ctx, i.tx, otherGrants)
	if err == nil && len(grants) > 0 {
		i.Findings.add(Finding{
			Level: Warning, ID: "rights.grants", Text: "other roles have rights on tables",
			Hint: "They keep them. Grant the same on the tables that are new, such as users_user.", Cases: grants,
		})
	}
	return err
}

// changedColumns are those that moving an older database forward drops or gives another type.
var changedColumns = []string{
	"collectibles_collectible.image", "collectibles_collectible.location", "collectibles_collectible.user_id",
	"collectibles_userprofile.user_id", "django_admin_log.user_id",
}

// lookAtImages foretells what prepareImages refuses.
func (i *inspection) lookAtImages(ctx context.Context) error {
	if i.State != Older {
		return nil
	}
	long, count, err := selectLongImages(ctx, i.tx, i.mediaURL)
	if count > 0 {
		i.Findings.add(Finding{
			Level: Error, ID: "items.image", Text: longImages, Hint: longImagesHint, Cases: long, Count: count,
		})
	}
	return err
}

func (i *inspection) lookAtSequences(ctx context.Context) error {
	all, err := selectSequences(ctx, i.tx)
	if err != nil {
		return err
	}
	behind := Finding{
		Level: Warning, ID: "sequences.behind", Text: "sequences are behind the ids in their tables: the next rows would fail",
		Hint: setSequenceHint,
	}
	for _, s := range all {
		if !s.isBehind() {
			continue
		}
		if i.State == Older && slices.Contains(insertedTables, s.Table) {
			behind.Level = Error
		}
		behind.Cases = append(behind.Cases, s.String())
	}
	if len(behind.Cases) > 0 {
		i.Findings.add(behind)
	}
	return nil
}

const setSequenceHint = "SELECT setval(pg_get_serial_sequence('TABLE', 'id'), (SELECT max(id) FROM TABLE));"

// Of an older database, insertedTables are those into which migrating writes new rows, changedTables those in which it
// writes any.
var (
	insertedTables = []string{djangoHistory, "collectibles_vendor"}
	changedTables  = append([]string{"collectibles_collectible", "django_content_type"}, insertedTables...)
)

func (i *inspection) lookAtSessions(ctx context.Context) (err error) {
	if i.Sessions, err = selectSessions(ctx, i.tx); err != nil {
		return err
	}
	if len(i.Sessions) == 0 {
		i.Sessions = []Session{}
	}
	var busy []string
	for _, s := range i.Sessions {
		if s.Locks > 0 {
			busy = append(busy, s.String())
		}
	}
	if len(busy) > 0 {
		i.Findings.add(Finding{
			Level: Warning, ID: "sessions.locks", Text: "other programs work with the tables",
			Hint: "Stop them for the migration, which waits 10 seconds for a table and then gives up.", Cases: busy,
		})
	}
	return nil
}

// String tells a session in one line.
func (s Session) String() string {
	parts := []string{fmt.Sprintf("%s as %s: connections %d", s.Application, s.Role, s.Connections)}
	if s.InTransaction > 0 {
		parts = append(parts, fmt.Sprintf("in a transaction %d, the oldest for %d s", s.InTransaction, s.Oldest))
	}
	if s.Locks > 0 {
		parts = append(parts, fmt.Sprintf("locks %d", s.Locks))
	}
	return strings.Join(parts, ", ")
}
