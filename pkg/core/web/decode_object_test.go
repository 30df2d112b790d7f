package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

type imageInput struct {
	URL   core.Optional[string] `json:"url" field:"required,url"`
	Order core.Optional[int32]  `json:"order" field:"least=0"`
}

// itemInput has required fields, an object, a list, and a rule that concerns two fields.
type itemInput struct {
	Name   core.Optional[string]       `json:"name" field:"required,max=10"`
	SKU    core.Optional[string]       `json:"sku" field:"required"`
	Cover  core.Optional[imageInput]   `json:"cover"`
	Back   core.Optional[imageInput]   `json:"back" field:"null"`
	Images core.Optional[[]imageInput] `json:"images"`
	Boxes  core.Optional[[]int64]      `json:"boxes" field:"pk"`
}

// Validate refuses a name that is the SKU, and the SKU "none".
func (i *itemInput) Validate() core.Fields {
	if i.SKU.Value == "none" {
		return core.Fields{"name": []string{"Nothing has no name."}, "sku": []string{"This is none."}}
	}
	if i.Name.HasValue() && i.Name == i.SKU {
		return core.Fields{"name": []string{"The name is the SKU."}, "sku": []string{"The SKU is the name."}}
	}
	return nil
}

func takeItem(context.Context, itemInput) (okResponse, error) { return okResponse{true}, nil }

func newItemHandler(t *testing.T) http.Handler {
	t.Helper()
	return newHandler(t, web.Operation{Method: http.MethodPost, Path: "/", Access: web.Open, Endpoint: web.JSON(takeItem)})
}

func wantItem(t *testing.T, method, body string, want itemInput) {
	t.Helper()
	seen, answer := decode[itemInput](t, method, "application/json", body)
	if seen == nil {
		t.Errorf("%s %s: refused: %s", method, body, answer)
		return
	}
	if diff := cmp.Diff(want, *seen); diff != "" {
		t.Errorf("%s %s (-want +got):\n%s", method, body, diff)
	}
}

func wantItemRefused(t *testing.T, method, body, answer string) {
	t.Helper()
	seen, got := decode[itemInput](t, method, "application/json", body)
	if seen != nil {
		t.Errorf("%s %s: accepted as %+v", method, body, *seen)
		return
	}
	if diff := cmp.Diff(parse(t, answer), parse(t, got)); diff != "" {
		t.Errorf("%s %s (-want +got):\n%s", method, body, diff)
	}
}

func TestBody_putRequiresWhatPatchDoesNot(t *testing.T) {
	const missing = `{"name":["This field is required."],"sku":["This field is required."]}`
	wantItemRefused(t, http.MethodPost, `{}`, missing)
	wantItemRefused(t, http.MethodPut, ``, missing)
	wantItem(t, http.MethodPatch, `{}`, itemInput{})
	wantItem(t, http.MethodPatch, ``, itemInput{})
	wantItem(t, http.MethodPut, `{"name":"a","sku":"b"}`, itemInput{Name: core.Some("a"), SKU: core.Some("b")})
}

func TestBody_unknownMembersAreIgnored(t *testing.T) {
	wantItem(t, http.MethodPatch, `{"id":5,"Name":"other case","":1,"sku ":"x"}`, itemInput{})
}

func TestBody_lastOfTwoMembersCounts(t *testing.T) {
	wantItem(t, http.MethodPatch, `{"name":"first","name":"last"}`, itemInput{Name: core.Some("last")})
	wantItemRefused(t, http.MethodPatch, `{"name":"first","name":null}`, `{"name":["This field may not be null."]}`)
}

func TestObject_requiresItsFieldsWhateverTheMethod(t *testing.T) {
	cover := imageInput{URL: core.Some("http://a.example"), Order: core.Some[int32](1)}
	wantItem(t, http.MethodPatch, `{"cover":{"url":"http://a.example","order":1}}`, itemInput{Cover: core.Some(cover)})
	wantItem(t, http.MethodPatch, `{"back":null}`, itemInput{Back: core.Optional[imageInput]{Sent: true, Null: true}})
	wantItemRefused(t, http.MethodPatch, `{"cover":{}}`, `{"cover":{"url":["This field is required."]}}`)
	wantItemRefused(t, http.MethodPatch, `{"cover":null}`, `{"cover":["This field may not be null."]}`)
}

func TestObject_errorsAreNested(t *testing.T) {
	wantItemRefused(t, http.MethodPatch, `{"cover":{"url":"x","order":-1}}`,
		`{"cover":{"url":["Enter a valid URL."],"order":["Ensure this value is greater than or equal to 0."]}}`)
	for body, kind := range map[string]string{`"x"`: "str", `5`: "int", `[1]`: "list", `true`: "bool", `1.5`: "float"} {
		wantItemRefused(t, http.MethodPatch, `{"cover":`+body+`}`,
			`{"cover":{"non_field_errors":["Invalid data. Expected a dictionary, but got `+kind+`."]}}`)
	}
}

func TestList_errorsStandAtTheirElements(t *testing.T) {
	image := imageInput{URL: core.Some("http://a.example")}
	wantItem(t, http.MethodPatch, `{"images":[{"url":"http://a.example"}]}`, itemInput{Images: core.Some([]imageInput{image})})
	wantItem(t, http.MethodPatch, `{"images":[]}`, itemInput{Images: core.Some([]imageInput{})})
	wantItemRefused(t, http.MethodPatch, `{"images":[{"url":"http://a.example"},{"url":"x"},null]}`,
		`{"images":[{},{"url":["Enter a valid URL."]},
			{"non_field_errors":["Invalid data. Expected a dictionary, but got NoneType."]}]}`)
	for body, kind := range map[string]string{`"x"`: "str", `{}`: "dict", `5`: "int"} {
		wantItemRefused(t, http.MethodPatch, `{"images":`+body+`}`,
			`{"images":{"non_field_errors":["Expected a list of items but got type \"`+kind+`\"."]}}`)
	}
}

func TestList_ofNumbers(t *testing.T) {
	wantItem(t, http.MethodPatch, `{"boxes":[3,"4"]}`, itemInput{Boxes: core.Some([]int64{3, 4})})
	wantItem(t, http.MethodPatch, `{"boxes":[]}`, itemInput{Boxes: core.Some([]int64{})})
	wantItemRefused(t, http.MethodPatch, `{"boxes":[3,"x"]}`, `{"boxes":["Incorrect type. Expected pk value, received str."]}`)
	wantItemRefused(t, http.MethodPatch, `{"boxes":[null]}`, `{"boxes":["Incorrect type. Expected pk value, received NoneType."]}`)
	wantItemRefused(t, http.MethodPatch, `{"boxes":5}`, `{"boxes":["Expected a list of items but got type \"int\"."]}`)
	wantItemRefused(t, http.MethodPatch, `{"boxes":null}`, `{"boxes":["This field may not be null."]}`)
	wantItemRefused(t, http.MethodPatch, `{"boxes":[`+strings.Repeat("1,", 1000)+`1]}`,
		`{"boxes":["Ensure this field has no more than 1000 elements."]}`)
}

func TestList_isBounded(t *testing.T) {
	body := `{"images":[` + strings.Repeat(`{},`, 1000) + `{}]}`
	wantItemRefused(t, http.MethodPatch, body, `{"images":{"non_field_errors":["Ensure this field has no more than 1000 elements."]}}`)
}

func TestValidator_addsToFieldsThatAreGood(t *testing.T) {
	wantItemRefused(t, http.MethodPost, `{"name":"x","sku":"x"}`, `{"name":["The name is the SKU."],"sku":["The SKU is the name."]}`)
	wantItemRefused(t, http.MethodPost, `{"name":"x","sku":"x","cover":5}`, `{"name":["The name is the SKU."],
		"sku":["The SKU is the name."],"cover":{"non_field_errors":["Invalid data. Expected a dictionary, but got int."]}}`)
	wantItemRefused(t, http.MethodPost, `{"name":"`+strings.Repeat("x", 11)+`","sku":"none"}`,
		`{"name":["Ensure this field has no more than 10 characters."],"sku":["This is none."]}`)
}
