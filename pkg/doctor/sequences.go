package doctor

import (
	"context"
	"fmt"

	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// sequences finds tables that will next give an id that is taken. SQLite looks at the rows, too, and gives none twice;
// there it is ids of deleted rows that come back.
func (d doctor) sequences(ctx context.Context) (msgs []check.Message, err error) {
	m := check.Message{Level: check.Error, ID: "schema.E001", Hint: "new rows fail: omnistock sqlsequencereset | omnistock dbshell"}
	if !db.IsPostgres(d.DB) {
		m = check.Message{Level: check.Info, ID: "schema.I001", Hint: "ids of deleted rows may be given again; the next row mends it"}
	}
	counters, err := selectCounters(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	for _, c := range counters {
		highest, err := selectHighest(ctx, d.DB, c)
		if err != nil {
			return msgs, err
		}
		if c.Last < highest {
			m.Object = c.Table
			m.Text = fmt.Sprintf("it has a row with the %s %d, but the last number that it gave is %d", c.Column, highest, c.Last)
			msgs = append(msgs, m)
		}
	}
	return msgs, nil
}
