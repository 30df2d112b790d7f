package check_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// diagnosis returns one with what fn finds.
func diagnosis(id string, fn func(ctx context.Context) error) check.Diagnosis {
	return check.Diagnosis{ID: id, Run: func(ctx context.Context) ([]check.Message, error) {
		return []check.Message{{Level: check.Info, Text: "found"}}, fn(ctx)
	}}
}

func TestDiagnose_oneThatFailsStopsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forever := make(chan struct{})
		defer close(forever)
		start := time.Now()
		got := check.Diagnose(t.Context(), []check.Diagnosis{
			diagnosis("a.W001", func(context.Context) error { return errors.New("permission denied for view pg_stat_activity") }),
			diagnosis("b.W001", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }),
			diagnosis("c.W001", func(context.Context) error { <-forever; return nil }),
			diagnosis("d.W001", func(context.Context) error { panic("no luck") }),
			diagnosis("e.W001", func(context.Context) error { return nil }),
		}, check.Options{Timeout: time.Minute, Tags: []string{"nothing to a diagnosis"}})
		want := []check.Message{
			{Level: check.Info, ID: "a.W001", Text: "found"},
			{Level: check.Warning, ID: check.DiagnosisFailed, Object: "a.W001", Text: "not diagnosed: permission denied for view pg_stat_activity"},
			{Level: check.Info, ID: "b.W001", Text: "found"},
			{Level: check.Warning, ID: check.DiagnosisFailed, Object: "b.W001", Text: "not diagnosed: it takes more than 1m0s", Hint: "give it more time: --timeout"},
			{Level: check.Error, ID: "c.W001", Text: "the check did not end: context deadline exceeded"},
			{Level: check.Error, ID: "d.W001", Text: "the check panicked: no luck"},
			{Level: check.Info, ID: "e.W001", Text: "found"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("messages (-want +got):\n%s", diff)
		}
		if took := time.Since(start); took != 2*time.Minute+2*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

func TestFinding_namesTheFirst(t *testing.T) {
	m := check.Message{Level: check.Error, ID: "stock.E001", Text: "quantities below zero"}
	if msgs := check.Finding(m, nil); msgs != nil {
		t.Errorf("without a case: %v", msgs)
	}
	for text, cases := range map[string][]check.Case{
		"quantities below zero: a":               {{Name: "a", Count: 1}},
		"quantities below zero: a, b and 3 more": {{Name: "a", Count: 5}, {Name: "b", Count: 5}},
	} {
		if msgs := check.Finding(m, cases); len(msgs) != 1 || msgs[0].Text != text {
			t.Errorf("messages = %v, want %q", msgs, text)
		}
	}
}
