package catalog

import (
	"regexp"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Row is what all reference data has.
type Row struct {
	ID        int64     `bun:"id,pk,autoincrement"`
	VendorID  *int64    `bun:"vendor_id"` // nil for everybody's
	Slug      string    `bun:"slug"`      // lower case; unique among everybody's rows, and among a vendor's
	Name      string    `bun:"name"`
	CreatedAt time.Time `bun:"created_at"`
	UpdatedAt time.Time `bun:"updated_at"`
}

// The lengths of the columns, in characters.
const (
	maxSlug = 100
	maxName = 200
	maxWord = 50 // a game, a kind
	maxCode = 20
	maxList = 200 // words with spaces between them
)

// A model is a pointer to a kind of row.
type model[R any] interface {
	*R
	row() *Row
	parents() []parent
	key() string
	check() core.Fields
	searched() []bun.Ident
	related(q *bun.SelectQuery, vendorID int64) *bun.SelectQuery
}

// A change sets fields of a row and returns the columns that were set.
type change[R any] interface{ apply(row *R) core.Columns }

// A parent is a row that another one names.
type parent struct {
	field string // by which it is named
	table string
	id    int64
}

func (r *Row) row() *Row { return r }

// parents are the rows that the row names.
func (r *Row) parents() []parent { return nil }

// key tells the row apart from the others of everybody's.
func (r *Row) key() string { return r.Slug }

// related adds to a query what is shown with the row.
func (r *Row) related(q *bun.SelectQuery, _ int64) *bun.SelectQuery { return q }

// searched are the columns in which a search looks.
func (r *Row) searched() []bun.Ident { return []bun.Ident{"t.name", "t.slug"} }

// check says what is wrong with the row's own fields.
func (r *Row) check() core.Fields {
	wrong := core.Fields{}
	if r.Name == "" {
		wrong.Add("name", errBlank)
	}
	checkWord(wrong, "slug", r.Slug)
	return wrong
}

const (
	errBlank = "This field may not be blank."
	errWord  = "Use small letters and digits, with hyphens between them, such as base-set."
)

// word is what slugs, games and kinds are.
var word = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func checkWord(wrong core.Fields, field, text string) {
	switch {
	case text == "":
		wrong.Add(field, errBlank)
	case !word.MatchString(text):
		wrong.Add(field, errWord)
	}
}

// join is a list of words as the tables hold it: with one space between them.
func join(text string) string { return strings.Join(strings.Fields(text), " ") }

// single is the parent that an id names, if any.
func single(field, table string, id *int64) []parent {
	if id == nil {
		return nil
	}
	return []parent{{field, table, *id}}
}
