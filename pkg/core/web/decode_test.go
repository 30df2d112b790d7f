package web_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

type color string

func (color) Choices() []core.Choice {
	return []core.Choice{{Value: "red", Label: "Red"}, {Value: "blue", Label: "Blue"}}
}

// fields has one field of each type and rule.
type fields struct {
	Text     core.Optional[string]       `json:"text"`
	Note     core.Optional[string]       `json:"note" field:"null,blank"`
	Short    core.Optional[string]       `json:"short" field:"min=2,max=5"`
	Secret   core.Optional[string]       `json:"secret" field:"raw"`
	Email    core.Optional[string]       `json:"email" field:"email"`
	Link     core.Optional[string]       `json:"link" field:"null,blank,max=30,url"`
	Image    core.Optional[string]       `json:"image" field:"url,https"`
	Color    core.Optional[color]        `json:"color"`
	NoColor  core.Optional[color]        `json:"no_color" field:"null,blank"`
	Flag     core.Optional[bool]         `json:"flag"`
	NullFlag core.Optional[bool]         `json:"null_flag" field:"null"`
	Count    core.Optional[int32]        `json:"count" field:"least=0" message:"Too few."`
	Size     core.Optional[int64]        `json:"size" field:"least=1,most=10"`
	Store    core.Optional[int64]        `json:"store" field:"pk"`
	Price    core.Optional[core.Money]   `json:"price" field:"least=0" message:"Price cannot be negative."`
	Rate     core.Optional[core.Percent] `json:"rate" field:"least=0"`
	Grade    core.Optional[core.Grade]   `json:"grade" field:"null"`
	Day      core.Optional[core.Date]    `json:"day"`
	At       core.Optional[time.Time]    `json:"at"`
	Data     core.Optional[core.JSON]    `json:"data"`
}

// decode sends a body to an operation that reads a T. It returns what the operation saw, nil if it was not called, and
// the answer.
func decode[T any](t *testing.T, method, media, body string) (seen *T, answer string) {
	t.Helper()
	h := newHandler(t, web.Operation{
		Method: method, Path: "/", Access: web.Open,
		Endpoint: web.JSON(func(_ context.Context, in T) (okResponse, error) {
			seen = &in
			return okResponse{true}, nil
		}),
	})
	res := send(t, h, method, "/", body, "Content-Type", media)
	if seen == nil && res.Code != http.StatusBadRequest {
		t.Errorf("status = %d, want 400; body %s", res.Code, res.Body)
	}
	return seen, res.Body.String()
}

// compareDates lets cmp look into the types of core that hold a time.
var compareDates = cmp.AllowUnexported(core.Date{})

func wantFields(t *testing.T, body string, want fields) {
	t.Helper()
	seen, answer := decode[fields](t, http.MethodPatch, "application/json", body)
	if seen == nil {
		t.Errorf("%s: refused: %s", body, answer)
		return
	}
	if diff := cmp.Diff(want, *seen, compareDates); diff != "" {
		t.Errorf("%s (-want +got):\n%s", body, diff)
	}
}

func wantRefused(t *testing.T, body, answer string) {
	t.Helper()
	seen, got := decode[fields](t, http.MethodPatch, "application/json", body)
	if seen != nil {
		t.Errorf("%s: accepted as %+v", body, *seen)
		return
	}
	if diff := cmp.Diff(parse(t, answer), parse(t, got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", body, diff)
	}
}
