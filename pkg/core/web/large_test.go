package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

type largeInput struct {
	File core.LargeUpload      `json:"file" field:"required"`
	Note core.Optional[string] `json:"note" field:"max=5"`
}

type largeResponse struct {
	Size int64  `json:"size"`
	Tail string `json:"tail"`
}

// newLargeHandler takes uploads of 4 MB at /large/, where other bodies may have 1 MB.
func newLargeHandler(t *testing.T) http.Handler {
	t.Helper()
	config := newConfig(t)
	config.MaxUpload = 4 << 20
	endpoint := web.JSON(func(_ context.Context, in largeInput) (largeResponse, error) {
		tail := make([]byte, min(in.File.Size, 3))
		_, err := in.File.Content.ReadAt(tail, in.File.Size-int64(len(tail)))
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return largeResponse{in.File.Size, string(tail)}, err
	})
	return web.NewHandler(config, []web.Operation{
		{Method: http.MethodPost, Path: "/large/", ID: "large", Access: web.Open, Accepts: web.MultipartBody, LargeBody: true, Endpoint: endpoint},
		{Method: http.MethodPost, Path: "/small/", ID: "small", Access: web.Open, Accepts: web.MultipartBody, Endpoint: endpoint},
	})
}

func TestLargeUpload_limits(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	h := newLargeHandler(t)
	file := func(bytes int) string { return part(`name="file"; filename="a"`, strings.Repeat("x", bytes-3)+"end") }
	const end = "--b--\r\n"
	for name, tt := range map[string]struct {
		path, body string
		status     int
		want       string
	}{
		"large":            {"/large/", file(3<<20) + part(`name="note"`, "good") + end, 200, `{"size": 3145728, "tail": "end"}`},
		"too large":        {"/large/", file(5<<20) + end, 413, ""},
		"large elsewhere":  {"/small/", file(2<<20) + end, 413, ""},
		"large text":       {"/large/", part(`name="note"`, strings.Repeat("x", 2<<20)) + file(5) + end, 413, ""},
		"many large texts": {"/large/", strings.Repeat(part(`name="x"`, strings.Repeat("x", 300<<10)), 4) + file(5) + end, 413, ""},
		"two files":        {"/large/", file(5) + file(5) + end, 400, `{"file": ["Only one file can be submitted."]}`},
		"empty":            {"/large/", part(`name="file"; filename="a"`, "") + end, 400, `{"file": ["The submitted file is empty."]}`},
		"none":             {"/large/", end, 400, `{"file": ["No file was submitted."]}`},
		"a text":           {"/large/", part(`name="file"`, "x") + end, 400, `{"file": ["The submitted data was not a file. Check the encoding type on the form."]}`},
		"wrong beside it":  {"/large/", file(5) + part(`name="note"`, "too long") + end, 400, `{"note": ["Ensure this field has no more than 5 characters."]}`},
		"broken off":       {"/large/", strings.TrimSuffix(file(2<<20), "\r\n"), 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, send(t, h, http.MethodPost, tt.path, tt.body, "Content-Type", multipartMedia), tt.status, tt.want)
		})
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}

type downloadInput struct {
	Fail string `query:"fail" field:"max=10"`
}

func newDownloadHandler(t *testing.T) http.Handler {
	t.Helper()
	return newHandler(t, web.Operation{
		Method: http.MethodGet, Path: "/export/", ID: "export", Access: web.Open, Plain: true,
		Endpoint: web.Download([]string{"text/csv"}, func(_ context.Context, in downloadInput) (web.Stream, error) {
			if in.Fail == "before" {
				return web.Stream{}, core.Errorf(core.Forbidden, "not you")
			}
			return web.Stream{Type: "text/csv", Name: "grüße.csv", Write: func(_ context.Context, w io.Writer) error {
				if in.Fail == "first" {
					return errOutage
				}
				_, err := w.Write([]byte("a,b\n"))
				if in.Fail == "later" {
					return errOutage
				}
				return err
			}}, nil
		}),
	})
}

func TestDownload_isAFile(t *testing.T) {
	h := newDownloadHandler(t)
	res := send(t, h, http.MethodGet, "/export/", "", "Accept", "text/csv")
	if res.Code != http.StatusOK || res.Body.String() != "a,b\n" {
		t.Errorf("%d %q", res.Code, res.Body)
	}
	wantHeader(t, res, "Content-Type", "text/csv", "Content-Disposition", "attachment; filename*=utf-8''gr%C3%BC%C3%9Fe.csv", "X-Content-Type-Options", "nosniff")
	if res := send(t, h, http.MethodHead, "/export/", ""); res.Code != http.StatusOK || res.Body.Len() > 0 {
		t.Errorf("HEAD: %d %q", res.Code, res.Body)
	}
	want(t, send(t, h, http.MethodGet, "/export/?fail=before", ""), http.StatusForbidden, `{"detail": "not you"}`)
	want(t, send(t, h, http.MethodGet, "/export/?fail=something-long", ""), http.StatusBadRequest, "")
	res = send(t, h, http.MethodGet, "/export/?fail=first", "")
	want(t, res, http.StatusInternalServerError, `{"detail": "Internal server error."}`)
	wantHeader(t, res, "Content-Type", "application/json", "Content-Disposition", "")
}

// TestDownload_halfIsNoWhole: a client sees that an answer was broken off.
func TestDownload_halfIsNoWhole(t *testing.T) {
	server := httptest.NewServer(newDownloadHandler(t))
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/export/?fail=later", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "example.com"
	res, err := server.Client().Do(request)
	if err == nil {
		var body bytes.Buffer
		_, err = body.ReadFrom(res.Body)
		_ = res.Body.Close()
	}
	if err == nil {
		t.Error("the answer looks whole")
	}
}
