package web_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

type searchInput struct {
	ID     int64                `path:"id"`
	Name   string               `path:"name"`
	Like   string               `query:"like" field:"max=5"`
	Count  core.Optional[int32] `query:"count"`
	Ignore bool
}

// search asks for an address below /items/; it returns what the operation saw, nil if it was not called.
func search(t *testing.T, path string, status int) (seen *searchInput) {
	t.Helper()
	h := newHandler(t, web.Operation{
		Method: http.MethodGet, Path: "/items/:id/:name/", Access: web.Open,
		Endpoint: web.JSON(func(_ context.Context, in searchInput) (okResponse, error) {
			seen = &in
			return okResponse{true}, nil
		}),
	})
	want(t, send(t, h, http.MethodGet, "/items/"+path, ""), status, "")
	return seen
}

func TestPath_parametersAreUnescaped(t *testing.T) {
	for path, want := range map[string]searchInput{
		"7/a/":                           {ID: 7, Name: "a"},
		"%37/%C3%A9%20x/":                {ID: 7, Name: "é x"},
		"99999999999999999999/a/":        {ID: 9223372036854775807, Name: "a"},
		"-5/a/":                          {ID: -5, Name: "a"},
		"7/a/?like=x&count=3&Ignore=yes": {ID: 7, Name: "a", Like: "x", Count: core.Some[int32](3)},
		"7/a/?like=x&like=y":             {ID: 7, Name: "a", Like: "y"},
		"7/a/?like=&count=":              {ID: 7, Name: "a"},
		"7/a/?like=5%":                   {ID: 7, Name: "a", Like: "5%"},
	} {
		if diff := cmp.Diff(&want, search(t, path, http.StatusOK)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestPath_whatNamesNothing(t *testing.T) {
	for _, path := range []string{
		"abc/a/", "1.0/a/", "%201/a/", "1e3/a/", "7/%00/", "7/%ff/", "7%2Fa%2Fb/c/", "7//", "7/a//", "./7/a/", "7/../7/a/", "0x7/a/", "٧/a/",
	} {
		if seen := search(t, path, http.StatusNotFound); seen != nil {
			t.Errorf("%s: %+v", path, *seen)
		}
	}
}

func TestQuery_refused(t *testing.T) {
	for _, query := range []string{"like=%00", "like=%ff", "like=123456", "count=x", "count=2147483648"} {
		if seen := search(t, "7/a/?"+query, http.StatusBadRequest); seen != nil {
			t.Errorf("%s: %+v", query, *seen)
		}
	}
}
