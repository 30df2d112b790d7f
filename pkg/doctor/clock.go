package doctor

import (
	"context"
	"fmt"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// maxClockGap is how far two clocks may be apart. Tokens are refused and given by the second.
const maxClockGap = 5 * time.Second

const clockHint = "keep the clocks right by NTP: tokens expire, and reset links too, by this machine's"

// serverClock compares this machine's clock with that of the server.
func (d doctor) serverClock(ctx context.Context) ([]check.Message, error) {
	before := d.Now()
	there, err := selectNow(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	took := d.Now().Sub(before)
	gap := before.Add(took / 2).Sub(there).Round(time.Millisecond)
	return unless(gap.Abs() <= maxClockGap+took, check.Message{
		Level: check.Warning, ID: "clock.W002", Hint: clockHint,
		Text: fmt.Sprintf("the clock of this machine and that of the database server are %s apart", gap.Abs()),
	}), nil
}

// newestRows finds rows that were made later than now: the clock ran ahead when they were, or runs behind.
func (d doctor) newestRows(ctx context.Context) (msgs []check.Message, err error) {
	for _, table := range datedTables {
		newest, err := selectNewest(ctx, d.DB, table)
		if err != nil {
			return msgs, err
		}
		if ahead := newest.Sub(d.Now()).Round(time.Second); ahead > maxClockGap {
			msgs = append(msgs, check.Message{
				Level: check.Warning, ID: "clock.W001", Object: table, Hint: clockHint,
				Text: fmt.Sprintf("the newest row was made %s from now: this clock is behind, or another one was ahead", ahead),
			})
		}
	}
	return msgs, nil
}
