package core_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
)

var errDuplicate = errors.New("duplicate key value violates unique constraint")

func TestErrorf_keepsTheCauseOutOfTheMessage(t *testing.T) {
	err := core.Errorf(core.Conflict, "user owns %d vendors: %w", 2, errDuplicate)
	if err.Msg != "user owns 2 vendors" {
		t.Errorf("message = %q, want it without the cause", err.Msg)
	}
	if !errors.Is(err, errDuplicate) {
		t.Error("the cause is lost")
	}
	if want := "user owns 2 vendors: " + errDuplicate.Error(); err.Error() != want {
		t.Errorf("for the log = %q, want %q", err, want)
	}
}

func TestKindOf_wrapped(t *testing.T) {
	err := fmt.Errorf("get vendor: %w", core.Errorf(core.NotFound, "vendor"))
	if got := core.KindOf(err); got != core.NotFound {
		t.Errorf("kind = %d, want NotFound", got)
	}
	if got := core.KindOf(errDuplicate); got != core.Internal {
		t.Errorf("kind of an unclassified error = %d, want Internal", got)
	}
}

func TestInvalidFields_noneIsNoError(t *testing.T) {
	if err := core.InvalidFields(core.Fields{}); err != nil {
		t.Errorf("error = %v, want nil", err)
	}
}

func TestFields_add(t *testing.T) {
	fields := core.Fields{}
	fields.Add("name", "Too long.")
	fields.Add("name", "Too loud.")
	if diff := cmp.Diff(core.Fields{"name": []string{"Too long.", "Too loud."}}, fields); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUnknownID_namesTheField(t *testing.T) {
	var err *core.Error
	if !errors.As(core.UnknownID("store", 7), &err) {
		t.Fatal("no core.Error")
	}
	want := core.Fields{"store": []string{`Invalid pk "7" - object does not exist.`}}
	if diff := cmp.Diff(want, err.Fields); diff != "" || err.Kind != core.Invalid {
		t.Errorf("kind %d (-want +got):\n%s", err.Kind, diff)
	}
}

func TestError_logShowsFieldsAndCause(t *testing.T) {
	err := &core.Error{Kind: core.Invalid, Msg: "invalid input", Fields: core.Fields{"a": []string{"b"}}, Err: errDuplicate}
	if want := "invalid input: map[a:[b]]: " + errDuplicate.Error(); err.Error() != want {
		t.Errorf("text = %q, want %q", err, want)
	}
}
