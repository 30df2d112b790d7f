package serial

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A Unit is one piece of an item, known by its certificate.
type Unit struct {
	bun.BaseModel `bun:"table:omnistock_serial_unit,alias:u"`

	ID          int64       `bun:"id,pk,autoincrement"`
	VendorID    int64       `bun:"vendor_id"`
	ItemID      int64       `bun:"item_id"`     // which may be gone
	StoreID     int64       `bun:"store_id"`    // where it is, or was last
	Grader      string      `bun:"grader"`      // a slug, such as psa
	Certificate string      `bun:"certificate"` // in capitals; unique together with vendor and grader
	Grade       *core.Grade `bun:"grade"`       // 1 to 10 in halves; nil for none, as of a card that is only authentic
	Qualifiers  string      `bun:"qualifiers"`  // such as OC
	SubGrades   core.JSON   `bun:"sub_grades"`  // an object of grades, such as {"centering": "9.5"}
	State       State       `bun:"state"`
	Position    string      `bun:"position"` // such as binder, page and slot
	UnitCost    *core.Money `bun:"unit_cost"`
	CameByID    *int64      `bun:"came_by_id"` // the movement by which it came last, if it is known
	WentByID    *int64      `bun:"went_by_id"` // the movement by which it went; nil unless it is gone
	CreatedAt   time.Time   `bun:"created_at"`
	UpdatedAt   time.Time   `bun:"updated_at"`
}

// State is where a unit is in its life.
type State string

// The states of a unit. Those that are present count as units in stock.
const (
	InStock    State = "in_stock"    // present
	Held       State = "held"        // present, and put aside for somebody
	Returned   State = "returned"    // present: it came back, and is to be looked at before it is for sale
	AtGrader   State = "at_grader"   // away, and ours
	Sold       State = "sold"        // gone
	WrittenOff State = "written_off" // gone
)

// present are the states of units that are in their stores.
func present() []State { return []State{InStock, Held, Returned} }

func (s State) isPresent() bool { return slices.Contains(present(), s) }
func (s State) isGone() bool    { return s == Sold || s == WrittenOff }

// Choices lists the states.
func (State) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(InStock), Label: "In stock"},
		{Value: string(Held), Label: "Held"},
		{Value: string(Returned), Label: "Returned"},
		{Value: string(AtGrader), Label: "At grader"},
		{Value: string(Sold), Label: "Sold"},
		{Value: string(WrittenOff), Label: "Written off"},
	}
}

func (u *Unit) place() stock.Place { return stock.Place{ItemID: u.ItemID, StoreID: u.StoreID} }

// name is the grader and the certificate.
func (u *Unit) name() string { return strings.ToUpper(u.Grader) + " " + u.Certificate }

// A Change is what may be set of a unit. A field that is absent stays as it is.
type Change struct {
	StoreID     core.Optional[int64]
	Grader      core.Optional[string]
	Certificate core.Optional[string]
	Grade       core.Optional[core.Grade]
	Qualifiers  core.Optional[string]
	SubGrades   core.Optional[core.JSON]
	State       core.Optional[State]
	Position    core.Optional[string]
	UnitCost    core.Optional[core.Money]
	MovementID  *int64 // by which it came or, if it is gone then, went
}

// apply sets u's fields.
func (ch Change) apply(u *Unit) {
	ch.StoreID.Set(&u.StoreID)
	if ch.Grader.Set(&u.Grader) {
		u.Grader = strings.ToLower(u.Grader)
	}
	if ch.Certificate.Set(&u.Certificate) {
		u.Certificate = strings.ToUpper(u.Certificate)
	}
	ch.Grade.SetPtr(&u.Grade)
	ch.Qualifiers.Set(&u.Qualifiers)
	ch.SubGrades.Set(&u.SubGrades)
	ch.State.Set(&u.State)
	ch.Position.Set(&u.Position)
	ch.UnitCost.SetPtr(&u.UnitCost)
}

// The grades of all graders are 1 to 10 in halves.
const (
	leastGrade core.Grade = 10
	mostGrade  core.Grade = 100
	halfGrade  core.Grade = 5
)

const badGrade = "A grade is 1 to 10, in halves."

func isGrade(g core.Grade) bool { return g >= leastGrade && g <= mostGrade && g%halfGrade == 0 }

// validate reports what is wrong with what a change sets.
func (ch Change) validate() error {
	wrong := core.Fields{}
	if ch.Grader.HasValue() && !isGrader(strings.ToLower(ch.Grader.Value)) {
		wrong.Add("grader", "A grader is named by letters, digits and hyphens, such as psa.")
	}
	if ch.Grade.HasValue() && !isGrade(ch.Grade.Value) {
		wrong.Add("grade", badGrade)
	}
	if ch.SubGrades.HasValue() && !areSubGrades(ch.SubGrades.Value) {
		wrong.Add("sub_grades", `Give an object of grades, such as {"centering": "9.5"}. `+badGrade)
	}
	return core.InvalidFields(wrong)
}

func isGrader(slug string) bool {
	ok, err := regexp.MatchString(`^[a-z0-9]+(-[a-z0-9]+)*$`, slug)
	return ok && err == nil
}

// mostSubGrades bounds the parts of a grade. Graders give four.
const mostSubGrades = 10

func areSubGrades(document core.JSON) bool {
	var texts map[string]string
	if err := json.Unmarshal(document, &texts); err != nil || len(texts) > mostSubGrades {
		return false
	}
	for name, text := range texts {
		if g, err := core.ParseGrade(text); err != nil || !isGrade(g) || name == "" || len(name) > 50 {
			return false
		}
	}
	return true
}
