package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

var update = flag.Bool("update", false, "rewrite testdata/openapi.json")

type toyRequest struct {
	Name  core.Optional[string]       `json:"name" field:"required,min=2,max=50" help:"What it is called."`
	Email core.Optional[string]       `json:"email" field:"null,blank,email"`
	Link  core.Optional[string]       `json:"link" field:"required,url"`
	Color core.Optional[color]        `json:"color" field:"null,blank" help:"Of the box."`
	Count core.Optional[int32]        `json:"count" field:"least=0,most=99" message:"Too few."`
	Price core.Optional[core.Money]   `json:"price"`
	Grade core.Optional[core.Grade]   `json:"grade" field:"null"`
	Cover core.Optional[imageInput]   `json:"cover" field:"null" help:"The front."`
	Parts core.Optional[[]imageInput] `json:"parts"`
	Data  core.Optional[core.JSON]    `json:"data"`
}

type toyChangeRequest struct {
	ID   int64 `path:"id" help:"Of the toy."`
	Dry  bool  `query:"dry" help:"Change nothing."`
	Hues color `query:"hue"`
	toyRequest
}

type boxResponse struct {
	Wide bool `json:"wide"`
}

type toyResponse struct {
	ID     int64           `json:"id"`
	Name   string          `json:"name" field:"max=50"`
	Note   *string         `json:"note" help:"Null where nobody wrote one."`
	Color  color           `json:"color"`
	Shade  *color          `json:"shade"`
	Price  core.Money      `json:"price"`
	Tax    *core.Percent   `json:"tax"`
	Made   *core.Date      `json:"made"`
	Since  core.Timestamp  `json:"since"`
	Box    *boxResponse    `json:"box"`
	Boxes  []boxResponse   `json:"boxes"`
	Data   core.JSON       `json:"data"`
	Draft  string          `json:"draft,omitempty"`
	Secret string          `json:"-"`
	Labels map[string]bool `json:"labels"`
}

type toyInput struct {
	ID int64 `path:"id"`
}

func handle[In, Out any](context.Context, In) (out Out, err error) { return out, nil }

func toyOperations() []web.Operation {
	const list, detail = "/toys/", "/toys/:id/"
	conflict := []int{http.StatusConflict}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: list, ID: "toys_list", Tag: "toys", Summary: "List the toys", Access: web.Public,
			Endpoint: web.JSON(handle[web.Nothing, []toyResponse]),
		},
		{
			Method: http.MethodPost, Path: list, ID: "toys_create", Tag: "toys", Summary: "Create a toy", Access: web.LoggedIn,
			Status: http.StatusCreated, Limit: web.Rate{Calls: 1, Per: minute}, Endpoint: web.JSON(handle[toyRequest, toyResponse]),
		},
		{
			Method: http.MethodPut, Path: detail, ID: "toys_update", Tag: "toys", Summary: "Change a toy", Access: web.Staff,
			Accepts: web.JSONBody | web.FormBody, Fails: conflict, Endpoint: web.JSON(handle[toyChangeRequest, toyResponse]),
		},
		{
			Method: http.MethodPatch, Path: detail, ID: "toys_partial_update", Tag: "toys", Summary: "Change fields of a toy", Access: web.Staff,
			Accepts: web.JSONBody, Fails: conflict, Endpoint: web.JSON(handle[toyChangeRequest, toyResponse]),
		},
		{
			Method: http.MethodDelete, Path: detail, ID: "toys_destroy", Tag: "toys", Summary: "Delete a toy", Access: web.LoggedIn,
			Status: http.StatusNoContent, Endpoint: web.JSON(handle[toyInput, web.Nothing]),
		},
		{
			Method: http.MethodGet, Path: "/health/", ID: "health", Tag: "system", Summary: "Tell that we are here", Access: web.Open, Plain: true,
			Endpoint: web.JSON(handle[web.Nothing, okResponse]),
		},
		{Method: http.MethodGet, Path: "/", ID: "root", Access: web.Open, Hidden: true, Endpoint: web.Page(http.NotFound)},
	}
}

func newDocument(t *testing.T) *openapi3.T {
	t.Helper()
	info := web.Info{Title: "Toys", Version: "1.0", Tags: []web.Tag{{Name: "toys", Description: "What is played with."}}}
	doc, err := web.NewDocument(info, toyOperations())
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestDocument_golden(t *testing.T) {
	text, err := json.Marshal(newDocument(t))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := json.Indent(&got, append(text, '\n'), "", "  "); err != nil {
		t.Fatal(err)
	}
	const path = "testdata/openapi.json"
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func statuses(op *openapi3.Operation) (list []string) {
	for status := range op.Responses.Map() {
		list = append(list, status)
	}
	slices.Sort(list)
	return list
}

func TestDocument_responsesOfEachOperation(t *testing.T) {
	doc := newDocument(t)
	toys, toy := doc.Paths.Value("/toys/"), doc.Paths.Value("/toys/{id}/")
	for want, op := range map[string]*openapi3.Operation{
		"200 304 401 404 406 500 503":                         toys.Get,
		"201 400 401 404 406 409 412 413 415 422 429 500 503": toys.Post,
		"200 400 401 403 404 406 409 412 413 415 500 503":     toy.Patch,
		"204 401 404 406 412 500 503":                         toy.Delete,
		"200 500":                                             doc.Paths.Value("/health/").Get,
	} {
		var got bytes.Buffer
		for i, status := range statuses(op) {
			if i > 0 {
				got.WriteByte(' ')
			}
			got.WriteString(status)
		}
		if got.String() != want {
			t.Errorf("%s: %s, want %s", op.OperationID, got.String(), want)
		}
	}
}

func TestDocument_patchRequiresNothing(t *testing.T) {
	schemas := newDocument(t).Components.Schemas
	if diff := cmp.Diff([]string{"link", "name"}, schemas["ToyRequest"].Value.Required); diff != "" {
		t.Errorf("POST and PUT (-want +got):\n%s", diff)
	}
	if got := schemas["PatchedToyRequest"].Value.Required; len(got) > 0 {
		t.Errorf("PATCH requires %v", got)
	}
	if diff := cmp.Diff([]string{"url"}, schemas["ImageInput"].Value.Required); diff != "" {
		t.Errorf("object in a request (-want +got):\n%s", diff)
	}
}

func TestDocument_security(t *testing.T) {
	doc := newDocument(t)
	for want, op := range map[int]*openapi3.Operation{
		0: doc.Paths.Value("/health/").Get, 1: doc.Paths.Value("/toys/").Post, 2: doc.Paths.Value("/toys/").Get,
	} {
		if op.Security == nil || len(*op.Security) != want {
			t.Errorf("%s: security = %v, want %d ways in", op.OperationID, op.Security, want)
		}
	}
}

func TestDocument_hidesTheHidden(t *testing.T) {
	if newDocument(t).Paths.Value("/") != nil {
		t.Error("the hidden page is documented")
	}
}

type embeddingResponse struct {
	toyResponse
	More string `json:"more"`
}

func TestDocument_embeddingTypeIsOneOfItsOwn(t *testing.T) {
	ops := append(toyOperations(), get("/more/", web.JSON(handle[web.Nothing, embeddingResponse])))
	doc, err := web.NewDocument(web.Info{Title: "Toys", Version: "1.0"}, ops)
	if err != nil {
		t.Fatal(err)
	}
	schemas := doc.Components.Schemas
	if schemas["Toy"].Value.Properties["more"] != nil || schemas["Embedding"].Value.Properties["more"] == nil ||
		schemas["Embedding"].Value.Properties["name"] == nil {
		t.Error("an embedded type and the one around it are mixed up")
	}
}

func wantPanic(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: no panic", name)
		}
	}()
	f()
}

func TestDocument_refusesMistakes(t *testing.T) {
	type toyResponse struct {
		Other int64 `json:"other"`
	}
	wantPanic(t, "two types of one name", func() {
		ops := append(toyOperations(), get("/other/", web.JSON(handle[web.Nothing, toyResponse])))
		_, _ = web.NewDocument(web.Info{}, ops)
	})
	wantPanic(t, "a type in a request and a response", func() {
		_, _ = web.NewDocument(web.Info{}, []web.Operation{
			{ID: "both", Method: http.MethodPost, Path: "/both/", Endpoint: web.JSON(handle[imageInput, imageInput])},
		})
	})
	wantPanic(t, "a page that is not hidden", func() {
		_, _ = web.NewDocument(web.Info{}, []web.Operation{get("/page/", web.Page(http.NotFound))})
	})
}

func TestJSON_refusesTypesThatNothingCanRead(t *testing.T) {
	wantPanic(t, "list of texts", func() {
		web.JSON(handle[struct {
			A []string `json:"a"`
		}, web.Nothing])
	})
	wantPanic(t, "number of a size we don't use", func() {
		web.JSON(handle[struct {
			A float64 `json:"a"`
		}, web.Nothing])
	})
	wantPanic(t, "small number in a path", func() {
		web.JSON(handle[struct {
			A int32 `path:"a"`
		}, web.Nothing])
	})
	wantPanic(t, "object in the query", func() {
		web.JSON(handle[struct {
			A imageInput `query:"a"`
		}, web.Nothing])
	})
	wantPanic(t, "unknown rule", func() {
		web.JSON(handle[struct {
			A string `json:"a" field:"requird"`
		}, web.Nothing])
	})
	wantPanic(t, "no struct", func() { web.JSON(handle[int, web.Nothing]) })
}
