package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// What is slow, and what is worth cleaning up.
const (
	slowStatement = 200 * time.Millisecond // on average
	fewCalls      = 10                     // of a statement that does not matter yet
	manyDeadRows  = 10_000
	deadShare     = 0.2 // of the rows; autovacuum's own default
	longText      = 160 // characters
)

// slowStatements asks pg_stat_statements, in whose texts placeholders stand for values.
func (d doctor) slowStatements(ctx context.Context) (msgs []check.Message, err error) {
	installed, err := selectHasStatements(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	if !installed {
		return one(check.Message{
			Level: check.Info, ID: "postgres.I040", Text: "slow statements are not known: the extension pg_stat_statements is not installed",
			Hint: "set shared_preload_libraries = 'pg_stat_statements' in postgresql.conf, restart the server, and run CREATE EXTENSION pg_stat_statements",
		}), nil
	}
	statements, err := selectSlowStatements(ctx, d.DB)
	for _, s := range statements {
		msgs = append(msgs, check.Message{
			Level: check.Warning, ID: "postgres.W040",
			Text: fmt.Sprintf("a statement takes %d ms on average, %d times so far: %s", int64(s.Mean), s.Calls, shorten(s.Query)),
			Hint: "see whether its tables have all indexes and new statistics (VACUUM ANALYZE); EXPLAIN shows where its time goes",
		})
	}
	return msgs, err
}

// shorten writes a statement in one line, of which it drops the end.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > longText {
		return string(runes[:longText]) + "…"
	}
	return text
}

// deadRows finds tables that autovacuum does not get done.
func (d doctor) deadRows(ctx context.Context) (msgs []check.Message, err error) {
	tables, err := selectTableStatistics(ctx, d.DB)
	for _, t := range tables {
		if t.Dead >= manyDeadRows && float64(t.Dead) > deadShare*float64(t.Live) {
			msgs = append(msgs, check.Message{
				Level: check.Warning, ID: "postgres.W050", Object: t.Name,
				Text: fmt.Sprintf("%d dead rows beside %d live ones", t.Dead, t.Live),
				Hint: fmt.Sprintf("VACUUM (ANALYZE) %s; if they stay, a transaction has been open for long", t.Name),
			})
		}
		if !t.Analyzed && t.Live >= manyDeadRows {
			msgs = append(msgs, check.Message{
				Level: check.Warning, ID: "postgres.W051", Object: t.Name,
				Text: fmt.Sprintf("the server has no statistics of its %d rows: it may choose slow plans", t.Live),
				Hint: "ANALYZE " + t.Name + ";",
			})
		}
	}
	return msgs, err
}
