package web_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

type formInput struct {
	Name  core.Optional[string]     `json:"name" field:"required,max=5"`
	Note  core.Optional[string]     `json:"note" field:"null,blank"`
	Count core.Optional[int32]      `json:"count" field:"least=0"`
	Price core.Optional[core.Money] `json:"price"`
}

func TestForm_readsTextsByTheRulesOfRequests(t *testing.T) {
	form := web.NewForm[formInput]()
	for name, tt := range map[string]struct {
		texts map[string]string
		want  formInput
		wrong core.Fields
	}{
		"nothing": {want: formInput{}, wrong: core.Fields{}},
		"good": {
			map[string]string{"name": " Zoë ", "note": "x", "count": "3", "price": "1.5", "other": "?"},
			formInput{core.Some("Zoë"), core.Some("x"), core.Some(int32(3)), core.Some(core.Money(150))},
			core.Fields{},
		},
		"blank": {
			map[string]string{"name": " ", "note": "\t", "count": "", "price": " "},
			formInput{Note: core.Optional[string]{Sent: true, Null: true}},
			core.Fields{"name": []string{"This field may not be blank."}},
		},
		"wrong": {
			map[string]string{"name": "too long", "count": "-1", "price": "x"}, formInput{}, core.Fields{
				"name": []string{"Ensure this field has no more than 5 characters."}, "price": []string{"A valid number is required."},
				"count": []string{"Ensure this value is greater than or equal to 0."},
			},
		},
	} {
		var got formInput
		wrong := form.Fill(&got, func(field string) (string, bool) { text, ok := tt.texts[field]; return text, ok })
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(tt.wrong, wrong); diff != "" {
			t.Errorf("%s: wrong (-want +got):\n%s", name, diff)
		}
	}
	want := core.Fields{"name": []string{"This field is required."}}
	if diff := cmp.Diff(want, form.Missing(func(field string) bool { return field == "note" })); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}
