package check_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/check"
)

// says returns a check with one message, which has no id of its own.
func says(id, tag string, level check.Level) check.Check {
	return check.Check{ID: id, Tags: []string{tag}, Run: func(context.Context) []check.Message {
		return []check.Message{{Level: level, Text: "text of " + id}}
	}}
}

func run(t *testing.T, opts check.Options, checks ...check.Check) []check.Message {
	t.Helper()
	msgs, err := check.Run(t.Context(), checks, opts)
	if err != nil {
		t.Fatal(err)
	}
	return msgs
}

func ids(msgs []check.Message) string {
	var all []string
	for _, m := range msgs {
		all = append(all, m.ID)
	}
	return strings.Join(all, " ")
}

func TestRun_choosesByTagAndDeployment(t *testing.T) {
	deploy := says("security.W018", "security", check.Warning)
	deploy.Deploy = true
	checks := []check.Check{says("database.E001", "database", check.Error), deploy, says("mail.W001", "mail", check.Warning)}
	for _, c := range []struct {
		name string
		opts check.Options
		want string
	}{
		{"all", check.Options{}, "database.E001 mail.W001"},
		{"deployment", check.Options{Deploy: true}, "database.E001 security.W018 mail.W001"},
		{"tags", check.Options{Tags: []string{"mail", "database"}}, "database.E001 mail.W001"},
		{"tag of deployments only", check.Options{Tags: []string{"security"}}, ""},
	} {
		if got := ids(run(t, c.opts, checks...)); got != c.want {
			t.Errorf("%s: ids = %q, want %q", c.name, got, c.want)
		}
	}
	if diff := cmp.Diff([]string{"database", "mail"}, check.Tags(checks, check.Options{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"database", "mail", "security"}, check.Tags(checks, check.Options{Deploy: true})); diff != "" {
		t.Error(diff)
	}
}

func TestRun_unknownTag(t *testing.T) {
	_, err := check.Run(t.Context(), nil, check.Options{Tags: []string{"models"}})
	if want := `there is no system check with the "models" tag`; err == nil || err.Error() != want {
		t.Errorf("error = %v, want %s", err, want)
	}
}

func TestRun_checkPanics(t *testing.T) {
	broken := check.Check{ID: "database.E001", Run: func(context.Context) []check.Message { panic("no luck") }}
	want := []check.Message{
		{Level: check.Error, ID: "database.E001", Text: "the check panicked: no luck"},
		{Level: check.Info, ID: "mail.I001", Text: "text of mail.I001"},
	}
	if diff := cmp.Diff(want, run(t, check.Options{}, broken, says("mail.I001", "mail", check.Info))); diff != "" {
		t.Error(diff)
	}
}

func TestRun_checkHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forever := make(chan struct{})
		defer close(forever)
		hanging := check.Check{ID: "database.E001", Run: func(context.Context) []check.Message {
			<-forever
			return nil
		}}
		start := time.Now()
		want := []check.Message{{Level: check.Error, ID: "database.E001", Text: "the check did not end: context deadline exceeded"}}
		if diff := cmp.Diff(want, run(t, check.Options{}, hanging)); diff != "" {
			t.Error(diff)
		}
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("took %v, want 10s", took)
		}
	})
}

func TestFails_atTheLevel(t *testing.T) {
	msgs := []check.Message{{Level: check.Warning}}
	for level, want := range map[check.Level]bool{check.Info: true, check.Warning: true, check.Error: false} {
		if got := check.Fails(msgs, level); got != want {
			t.Errorf("fails at %v = %v, want %v", level, got, want)
		}
	}
}

func TestParseLevel_names(t *testing.T) {
	for _, level := range []check.Level{check.Debug, check.Info, check.Warning, check.Error, check.Critical} {
		got, err := check.ParseLevel(strings.ToUpper(level.String()))
		if err != nil || got != level {
			t.Errorf("level %v = %v, %v", level, got, err)
		}
	}
	if got, err := check.ParseLevel("fatal"); err == nil {
		t.Errorf("level = %v, want an error", got)
	}
}
