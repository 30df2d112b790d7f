package core_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
)

// used is what came of a field: the values read from it, and those written over "old".
type used struct {
	Or       string
	Ptr      *string
	Set      string
	WasSet   bool
	SetPtr   *string
	WasSetTo bool
}

func use(field core.Optional[string]) used {
	old := "old"
	u := used{Or: field.Or("else"), Ptr: field.Ptr(), Set: old, SetPtr: &old}
	u.WasSet, u.WasSetTo = field.Set(&u.Set), field.SetPtr(&u.SetPtr)
	return u
}

func TestOptional_absentNullAndValue(t *testing.T) {
	old, value := "old", "new"
	for name, tt := range map[string]struct {
		field core.Optional[string]
		want  used
	}{
		"absent": {core.Optional[string]{}, used{Or: "else", Set: "old", SetPtr: &old}},
		"null":   {core.Optional[string]{Sent: true, Null: true}, used{Or: "else", Set: "old", WasSetTo: true}},
		"value":  {core.Some("new"), used{"new", &value, "new", true, &value, true}},
	} {
		if diff := cmp.Diff(tt.want, use(tt.field)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestColumns_areThoseThatWereSet(t *testing.T) {
	var columns core.Columns
	columns.Add("name", true)
	columns.Add("slug", false)
	if diff := cmp.Diff(core.Columns{"name"}, columns); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
