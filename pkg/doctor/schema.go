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

// A part of the schema is an index, a constraint or a trigger.
type part struct {
	Kind       string // such as "index"
	Table      string
	Name       string // which need not be ours: an adopted database may have others
	Definition string // as the database writes it, on PostgreSQL; nothing on SQLite, where the name has to do
	Broken     string // what is wrong with it though it is there; of a database's parts only
	Mend       string // the statement that makes it; of wanted parts only, empty for triggers
}

// key is what a part is compared by.
func (p part) key() string {
	if p.Definition == "" {
		return p.Kind + " " + p.Name
	}
	return p.Kind + " " + p.Table + " " + p.Definition
}

// forms are those of parts in migrations/schema.postgres.sql and migrations/schema.sqlite.sql. They are compiled when they
// are used: a server has no use for them.
type forms struct{ table, constraint, index, trigger *regexp.Regexp }

func newForms() forms {
	return forms{
		table:      regexp.MustCompile(tableForm),
		constraint: regexp.MustCompile(`^    CONSTRAINT (\w+) (.*?),?$`),
		index:      regexp.MustCompile(`^CREATE (UNIQUE )?INDEX (\w+) ON (?:public\.)?(\w+) (?:USING )?(.*);$`),
		trigger:    regexp.MustCompile(`^CREATE TRIGGER (\w+) .* ON (\w+) `),
	}
}

const tableForm = `^CREATE TABLE (\w+)`

// wantedParts reads the parts that the schema has.
func wantedParts(postgres bool) (parts []part) {
	forms, table := newForms(), ""
	for line := range strings.Lines(migrations.Schema(postgres)) {
		line = strings.TrimRight(line, "\n")
		if m := forms.table.FindStringSubmatch(line); m != nil {
			table = m[1]
		}
		p := part{}
		if m := forms.index.FindStringSubmatch(line); m != nil {
			p = part{Kind: "index", Table: m[3], Name: m[2], Definition: m[1] + m[4], Mend: makeIndex(line, postgres)}
		} else if m := forms.trigger.FindStringSubmatch(line); m != nil {
			p = part{Kind: "trigger", Table: m[2], Name: m[1]}
		} else if m := forms.constraint.FindStringSubmatch(line); m != nil && postgres {
			p = part{Kind: "constraint", Table: table, Name: m[1], Definition: m[2]}
			p.Mend = fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s %s;", table, p.Name, p.Definition)
		}
		if !postgres {
			p.Definition = ""
		}
		if p.Kind != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// makeIndex turns the line of an index into one that keeps nobody from writing.
func makeIndex(line string, postgres bool) string {
	if postgres {
		line = strings.Replace(strings.Replace(line, " INDEX ", " INDEX CONCURRENTLY ", 1), " ON public.", " ON ", 1)
	}
	return line
}

// schema finds indexes, constraints and triggers that are missing or not valid.
func (d doctor) schema(ctx context.Context) (msgs []check.Message, err error) {
	there, err := selectParts(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, p := range there {
		found[p.key()] = true
		if p.Broken != "" {
			msgs = append(msgs, brokenPart(p))
		}
	}
	for _, p := range wantedParts(db.IsPostgres(d.DB)) {
		if !found[p.key()] {
			msgs = append(msgs, missingPart(p))
		}
	}
	return msgs, nil
}

func brokenPart(p part) check.Message {
	m := check.Message{
		Level: check.Warning, ID: "schema.W003", Object: p.Table, Text: fmt.Sprintf("the %s %s is %s", p.Kind, p.Name, p.Broken),
		Hint: fmt.Sprintf("ALTER TABLE %s VALIDATE CONSTRAINT %s; it names the rows that are in the way", p.Table, p.Name),
	}
	if p.Kind == "index" {
		m.Hint = fmt.Sprintf("REINDEX INDEX CONCURRENTLY %s;", p.Name)
	}
	return m
}

func missingPart(p part) check.Message {
	m := check.Message{
		Level: check.Warning, ID: "schema.W001", Object: p.Table, Text: fmt.Sprintf("the %s %s is missing", p.Kind, p.Name),
	}
	switch p.Kind {
	case "index":
		m.Hint = "queries are slow without it: " + p.Mend
	case "constraint":
		m.ID, m.Hint = "schema.W002", "wrong rows can be written: "+p.Mend
	default: // only SQLite has triggers
		m.ID, m.Level, m.Hint = "schema.E002", check.Error, "the search misses changes: restore the newest backup into an empty database"
	}
	return m
}
