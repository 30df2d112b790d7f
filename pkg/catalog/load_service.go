package catalog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// errDryRun ends a transaction that is not to last.
var errDryRun = errors.New("dry run")

// Load creates and changes everybody's rows by their slugs, as the tables say; a field that a table does not have stays as
// it is. Vendors' own rows are left alone, and so is what the tables do not name. All of it is one transaction, and
// loads come one after the other. It fails with core.Invalid and a line for each problem: file, row, field, reason. A
// dry run says what would be done and does nothing.
func (s *Service) Load(ctx context.Context, tables []Table, dryRun bool) (counts []Count, err error) {
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		l := &loading{now: s.now(), ids: map[string]map[string]int64{}, counts: map[string]*Count{}}
		if err := lockShared(ctx, tx); err != nil {
			return err
		}
		if err := l.loadAll(ctx, tx, tables); err != nil {
			return err
		}
		counts = l.list()
		if dryRun {
			return errDryRun
		}
		return nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return counts, err
}

// A loading is a Load at work.
type loading struct {
	now    time.Time
	ids    map[string]map[string]int64 // of everybody's rows that others name: by table and slug
	counts map[string]*Count
	wrong  problems
}

// list gives the counts in the order of TableNames.
func (l *loading) list() []Count {
	counts := []Count{}
	for _, name := range TableNames() {
		if c := l.counts[name]; c.Created+c.Changed+c.Same > 0 {
			counts = append(counts, *c)
		}
	}
	return counts
}

// loadAll goes on to the next kind of row although something is wrong, so that all of it is told at once.
func (l *loading) loadAll(ctx context.Context, tx bun.Tx, tables []Table) error {
	for _, name := range TableNames() {
		l.counts[name] = &Count{Table: name}
		those := slices.DeleteFunc(slices.Clone(tables), func(t Table) bool { return t.Name != name })
		if err := l.loaders()[name](ctx, tx, those); err != nil {
			return err
		}
	}
	return l.wrong.err()
}

type loader func(ctx context.Context, tx bun.Tx, tables []Table) error

// loaders say what the fields of each table are.
func (l *loading) loaders() map[string]loader {
	return map[string]loader{
		"eras": load[Era](l, "eras", func(f *fields) change[Era] {
			return EraChange{f.word("slug", maxSlug), f.required("name", maxName), f.word("game", maxWord), f.number("starts_in", 1000, 9999)}
		}),
		"sets": load[Set](l, "sets", func(f *fields) change[Set] {
			return SetChange{
				f.word("slug", maxSlug), f.required("name", maxName), f.word("game", maxWord), f.reference("era", l.ids["eras"]),
				f.text("code", maxCode), f.date("released_on"),
			}
		}),
		"products": load[Product](l, "products", func(f *fields) change[Product] {
			return ProductChange{
				f.word("slug", maxSlug), f.required("name", maxName), f.word("game", maxWord), f.word("kind", maxWord),
				f.reference("set", l.ids["sets"]), f.number("packs", 0, maxNumber), f.number("cards", 0, maxNumber),
			}
		}),
		"accessories": load[Accessory](l, "accessories", func(f *fields) change[Accessory] {
			return AccessoryChange{f.word("slug", maxSlug), f.required("name", maxName), f.word("kind", maxWord)}
		}),
		"graders": load[Grader](l, "graders", func(f *fields) change[Grader] {
			return GraderChange{
				f.word("slug", maxSlug), f.required("name", maxName), f.grade("lowest"), f.grade("highest"), f.truth("half_grades"),
				f.list("qualifiers"), f.list("subgrades"),
			}
		}),
		"axes": load[Axis](l, "axes", func(f *fields) change[Axis] {
			return AxisChange{f.word("slug", maxSlug), f.required("name", maxName), f.number("position", -maxNumber, maxNumber)}
		}),
		"values": load[Value](l, "values", func(f *fields) change[Value] {
			return ValueChange{
				f.word("slug", maxSlug), f.required("name", maxName), f.reference("axis", l.ids["axes"]), f.number("position", -maxNumber, maxNumber),
			}
		}),
	}
}

// unsaved stands for the id of a row that is not written, since something is wrong: those that name it are right.
const unsaved = -1

// maxNumber is what fits into the column.
const maxNumber = 1<<31 - 1

// load makes a loader of one kind of row.
func load[R any, P model[R]](l *loading, name string, read func(*fields) change[R]) loader {
	return func(ctx context.Context, tx bun.Tx, tables []Table) error {
		shared, err := selectShared[R](ctx, tx)
		if err != nil {
			return err
		}
		b := &batch[R, P]{loading: l, count: l.counts[name], rows: map[string]P{}, seen: map[string]string{}}
		for _, r := range shared {
			b.rows[P(r).key()] = r
		}
		for _, t := range tables {
			b.take(t, read)
		}
		if err := b.save(ctx, tx); err != nil {
			return err
		}
		l.ids[name] = map[string]int64{}
		for _, r := range b.rows {
			l.ids[name][r.row().Slug] = cmp.Or(r.row().ID, unsaved)
		}
		return nil
	}
}

// A batch is the rows of one kind in a loading.
type batch[R any, P model[R]] struct {
	*loading
	count   *Count
	rows    map[string]P // everybody's, by key
	seen    map[string]string
	fresh   []*R
	changed []changed[R]
}

// changed is a row that was there, and the columns that were set.
type changed[R any] struct {
	row *R
	set []string
}

// take applies the records of a table to the rows.
func (b *batch[R, P]) take(t Table, read func(*fields) change[R]) {
	for i, record := range t.Records {
		before := len(b.wrong)
		f := &fields{record: record, wrong: func(field, reason string) { b.wrong.add(t.File, record.Place, field, reason) }}
		c := read(f)
		if unknown := f.unknown(); len(unknown) > 0 && i == 0 {
			f.wrong(strings.Join(unknown, ", "), "there is no such field; there are "+strings.Join(f.asked, ", "))
		}
		if len(b.wrong) == before {
			b.merge(c, t.File, record.Place)
		}
	}
}

// merge applies a change to the row that it is about, or makes one.
func (b *batch[R, P]) merge(c change[R], file, place string) {
	r := P(new(R))
	c.apply(r)
	key := r.key()
	if other, twice := b.seen[key]; twice {
		b.wrong.add(file, place, "slug", fmt.Sprintf("%q stands at %s already", r.row().Slug, other))
		return
	}
	b.seen[key] = file + ", " + place
	there := b.rows[key]
	var set []string
	var old R
	if there != nil {
		r, old = there, *there
		set = c.apply(r)
	}
	if wrong := b.check(r); len(wrong) > 0 {
		for _, field := range slices.Sorted(maps.Keys(wrong)) {
			b.wrong.add(file, place, field, fmt.Sprint(wrong[field]))
		}
		return
	}
	switch {
	case there == nil:
		r.row().CreatedAt, r.row().UpdatedAt = b.now, b.now
		b.rows[key] = r
		b.fresh = append(b.fresh, r)
		b.count.Created++
	case reflect.DeepEqual(old, *r):
		b.count.Same++
	default:
		r.row().UpdatedAt = b.now
		b.changed = append(b.changed, changed[R]{r, append(set, "updated_at")})
		b.count.Changed++
	}
}

// check is what is wrong with a row's own fields, in the words of files.
func (b *batch[R, P]) check(r P) core.Fields {
	wrong := r.check()
	for field, messages := range wrong {
		wrong[field] = strings.Join(messages.([]string), " ")
	}
	for _, p := range r.parents() {
		if p.id == 0 {
			wrong[p.field] = "it is missing"
		}
	}
	return wrong
}

// save writes what is new and what has changed, unless something is wrong.
func (b *batch[R, P]) save(ctx context.Context, tx bun.Tx) error {
	if len(b.wrong) > 0 {
		return nil
	}
	if len(b.fresh) > 0 {
		if err := insertRows(ctx, tx, &b.fresh); err != nil {
			return err
		}
	}
	for _, c := range b.changed {
		if err := updateRow(ctx, tx, c.row, c.set...); err != nil {
			return err
		}
	}
	return nil
}
