package adoption

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Totals are the counts and sums by which a database is held against what it was. The sums of items are texts: they may
// be larger than a number of 64 bits.
type Totals struct {
	Users        int64  `json:"users"`
	UserIDs      string `json:"user_ids" bun:"user_ids"` // the sum
	Groups       int64  `json:"groups"`                  // Django's, of users
	Permissions  int64  `json:"permissions"`
	Vendors      int64  `json:"vendors"`
	Profiles     int64  `json:"profiles"`
	Items        int64  `json:"items"`
	ItemIDs      string `json:"item_ids" bun:"item_ids"` // the sum
	Units        string `json:"units"`                   // the sum of all quantities
	Price        string `json:"price"`                   // such as "1234567.80"
	Intake       string `json:"intake_price" bun:"intake"`
	Projected    string `json:"projected_price" bun:"projected"`
	CardDetails  int64  `json:"card_details"`
	AdminEntries int64  `json:"admin_entries"`
}

// compare returns core.Conflict, with what differs, if the totals are not what they were.
func (t Totals) compare(before Totals) error {
	if t == before {
		return nil
	}
	var differ []string
	was, is := reflect.ValueOf(before), reflect.ValueOf(t)
	for i := range was.NumField() {
		if w, g := was.Field(i).Interface(), is.Field(i).Interface(); w != g {
			differ = append(differ, fmt.Sprintf("%s: %v before, %v after", was.Type().Field(i).Tag.Get("json"), w, g))
		}
	}
	return core.Errorf(core.Conflict, "the totals differ (%s); nothing was changed", strings.Join(differ, "; "))
}
