package core_test

import (
	"context"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
)

func TestActorFrom_emptyContextIsNobody(t *testing.T) {
	if a := core.ActorFrom(context.Background()); !a.IsNobody() {
		t.Errorf("actor = %+v, want nobody", a)
	}
}

func TestWithActor_isFoundAgain(t *testing.T) {
	alice := core.Actor{UserID: 7, Username: "alice", Staff: true}
	if got := core.ActorFrom(core.WithActor(context.Background(), alice)); got != alice || got.IsNobody() {
		t.Errorf("actor = %+v, want %+v", got, alice)
	}
}

type size string

func (size) Choices() []core.Choice {
	return []core.Choice{{Value: "s", Label: "Small"}, {Value: "l", Label: "Large"}}
}

func TestIsChoice_valuesNotLabels(t *testing.T) {
	for value, want := range map[string]bool{"s": true, "l": true, "Small": false, "": false, "S": false} {
		if got := core.IsChoice(size(""), value); got != want {
			t.Errorf("IsChoice(%q) = %t, want %t", value, got, want)
		}
	}
}
