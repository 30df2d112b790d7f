package doctor

import (
	"cmp"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// The topics of diagnoses, of which those of the domains have some, too.
const (
	Machine  = "machine"
	Server   = "database" // its server and files
	Schema   = "schema"
	Data     = "data"
	Accounts = "accounts"
	Images   = "images"
	Backups  = "backups"
)

// Options say what to look at.
type Options struct {
	DB      *bun.DB
	File    string   // of the SQLite database; empty elsewhere
	Host    string   // of PostgreSQL, or the folder of its socket
	Pool    int      // connections that the program opens there at most
	Folders []string // in which the server writes; some may be yet to be made
	Now     func() time.Time
	Long    time.Duration // that a transaction stands idle, or a statement runs, before it is reported; a minute if 0
}

// A doctor makes the diagnoses.
type doctor struct{ Options }

// Diagnoses lists those of the machine, the database and its schema. It does no I/O.
func Diagnoses(o Options) []check.Diagnosis {
	o.Long = cmp.Or(o.Long, time.Minute)
	d := doctor{o}
	all := []check.Diagnosis{
		{ID: "disk.W001", Topic: Machine, Run: d.disk},
		{ID: "clock.W001", Topic: Data, Run: d.newestRows},
		{ID: "schema.W001", Topic: Schema, Run: d.schema},
		{ID: "schema.E001", Topic: Schema, Run: d.sequences},
		{ID: "data.E001", Topic: Data, Run: d.orphans},
		{ID: "data.I001", Topic: Data, Run: d.unguarded},
	}
	if db.IsPostgres(o.DB) {
		return slices.Concat(all, d.postgres())
	}
	return slices.Concat(all, d.sqlite())
}

func (d doctor) postgres() []check.Diagnosis {
	return []check.Diagnosis{
		{ID: "postgres.W001", Topic: Server, Run: d.server},
		{ID: "postgres.W010", Topic: Server, Run: d.encryption},
		{ID: "clock.W002", Topic: Server, Run: d.serverClock},
		{ID: "postgres.W020", Topic: Server, Run: d.connections},
		{ID: "postgres.W030", Topic: Server, Run: d.sessions},
		{ID: "postgres.W040", Topic: Server, Run: d.slowStatements},
		{ID: "postgres.W050", Topic: Server, Run: d.deadRows},
	}
}

func (d doctor) sqlite() []check.Diagnosis {
	return []check.Diagnosis{
		{ID: "sqlite.E001", Topic: Server, Run: d.integrity},
		{ID: "sqlite.W001", Topic: Server, Run: d.log},
		{ID: "sqlite.I001", Topic: Server, Run: d.freePages},
	}
}

// one is a list of one message.
func one(m check.Message) []check.Message { return []check.Message{m} }

// unless returns the message, or nothing if the claim holds.
func unless(claim bool, m check.Message) []check.Message {
	if claim {
		return nil
	}
	return one(m)
}
