package storage_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// A bucket is a server that speaks as much of S3 as is needed.
type bucket struct {
	*httptest.Server
	mu      sync.Mutex
	objects map[string]string // path to content type and content
	calls   []string
	answer  func(w http.ResponseWriter, r *http.Request) bool // true if it answered
}

var signature = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=access/\d{8}/eu-west-1/s3/aws4_request, ` +
	`SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$`)

func newBucket(t *testing.T) *bucket {
	t.Helper()
	b := &bucket{objects: map[string]string{}, answer: func(http.ResponseWriter, *http.Request) bool { return false }}
	b.Server = httptest.NewServer(http.HandlerFunc(b.serve))
	t.Cleanup(b.Close)
	return b
}

func (b *bucket) serve(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	b.calls = append(b.calls, r.Method+" "+r.URL.Path)
	answer := b.answer
	b.mu.Unlock()
	if !signature.MatchString(r.Header.Get("Authorization")) {
		s3Error(w, http.StatusForbidden, "SignatureDoesNotMatch")
		return
	}
	if answer(w, r) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	switch r.Method {
	case http.MethodPut:
		content, _ := io.ReadAll(r.Body)
		b.objects[r.URL.Path] = r.Header.Get("Content-Type") + " " + r.Header.Get("Cache-Control") + " " + string(content)
		w.Header().Set("ETag", `"etag"`)
	case http.MethodGet, http.MethodHead:
		b.read(w, r)
	case http.MethodDelete:
		delete(b.objects, r.URL.Path)
		w.WriteHeader(http.StatusNoContent)
	default:
		s3Error(w, http.StatusMethodNotAllowed, "MethodNotAllowed")
	}
}

// read answers a list, two objects at a time, or an object.
func (b *bucket) read(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("list-type") == "2" {
		b.list(w, r)
		return
	}
	object, ok := b.objects[r.URL.Path]
	if !ok {
		s3Error(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	content := object[strings.LastIndex(object, " ")+1:]
	w.Header().Set("ETag", `"etag"`)
	w.Header().Set("Last-Modified", bucketTime.Format(http.TimeFormat))
	w.Header().Set("Content-Length", fmt.Sprint(len(content)))
	_, _ = io.WriteString(w, content)
}

var bucketTime = time.Date(2026, 11, 1, 10, 0, 0, 0, time.UTC)

func (b *bucket) list(w http.ResponseWriter, r *http.Request) {
	root := strings.TrimSuffix(r.URL.Path, "/") + "/"
	after, prefix := r.URL.Query().Get("continuation-token"), r.URL.Query().Get("prefix")
	var body strings.Builder
	listed, last := 0, ""
	for _, path := range slices.Sorted(maps.Keys(b.objects)) {
		key := strings.TrimPrefix(path, root)
		if key <= after || !strings.HasPrefix(key, prefix) {
			continue
		}
		if listed == 2 {
			fmt.Fprintf(&body, "<IsTruncated>true</IsTruncated><NextContinuationToken>%s</NextContinuationToken>", last)
			break
		}
		listed, last = listed+1, key
		fmt.Fprintf(&body, "<Contents><Key>%s</Key><Size>6</Size><LastModified>%s</LastModified></Contents>", key, bucketTime.Format(time.RFC3339))
	}
	w.Header().Set("Content-Type", "application/xml")
	_, _ = fmt.Fprintf(w, "<ListBucketResult>%s</ListBucketResult>", body.String())
}

func s3Error(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
}

func (b *bucket) open(t *testing.T, path string) *storage.S3 {
	t.Helper()
	s, err := storage.NewS3(storage.S3Options{
		Endpoint: b.URL + path, Bucket: "shop-media", Region: "eu-west-1", AccessKey: "access", SecretKey: "secret",
		Timeout: 2 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestS3_putsAndDeletes(t *testing.T) {
	for path, want := range map[string]string{
		"": "/shop-media/items/1.png", "/": "/shop-media/items/1.png", "/storage/v1/s3": "/storage/v1/s3/shop-media/items/1.png",
		"/storage/v1/s3/": "/storage/v1/s3/shop-media/items/1.png",
	} {
		b := newBucket(t)
		s := b.open(t, path)
		if err := s.Put(t.Context(), "items/1.png", "image/png", []byte("pixels")); err != nil {
			t.Fatal(err)
		}
		kept := map[string]string{want: "image/png public, max-age=31536000, immutable pixels"}
		if diff := cmp.Diff(kept, b.objects); diff != "" {
			t.Errorf("endpoint %q (-want +got):\n%s", path, diff)
		}
		if err := s.Delete(t.Context(), "items/1.png"); err != nil || len(b.objects) > 0 {
			t.Errorf("delete: %v, left %v", err, b.objects)
		}
		if diff := cmp.Diff([]string{"PUT " + want, "DELETE " + want}, b.calls); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
	}
}

func TestS3_refusedAtOnce(t *testing.T) {
	b := newBucket(t)
	b.answer = func(w http.ResponseWriter, _ *http.Request) bool {
		s3Error(w, http.StatusForbidden, "AccessDenied")
		return true
	}
	s := b.open(t, "")
	if err := s.Put(t.Context(), "k", "image/png", []byte("x")); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("put: %v", err)
	}
	if err := s.Delete(t.Context(), "k"); err == nil {
		t.Error("delete: no error")
	}
	if len(b.calls) != 2 {
		t.Errorf("calls = %v, want one each", b.calls)
	}
}

func TestS3_triesAgain(t *testing.T) {
	b := newBucket(t)
	failures := 2
	b.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if failures--; failures >= 0 {
			_, _ = io.Copy(io.Discard, r.Body)
			s3Error(w, http.StatusServiceUnavailable, "SlowDown")
			return true
		}
		return false
	}
	if err := b.open(t, "").Put(t.Context(), "k", "image/png", []byte("pixels")); err != nil {
		t.Fatal(err)
	}
	if got := b.objects["/shop-media/k"]; !strings.HasSuffix(got, " pixels") || len(b.calls) != 3 {
		t.Errorf("kept %q after %v", got, b.calls)
	}
}

func TestS3_hangingServerIsGivenUp(t *testing.T) {
	b := newBucket(t)
	release := make(chan struct{})
	defer close(release)
	b.answer = func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-r.Context().Done():
		case <-release:
		}
		return true
	}
	s, err := storage.NewS3(storage.S3Options{
		Endpoint: b.URL, Bucket: "shop-media", Region: "eu-west-1", AccessKey: "access", SecretKey: "secret",
		Timeout: 200 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for name, err := range map[string]error{
		"put": s.Put(t.Context(), "k", "image/png", []byte("x")), "delete": s.Delete(t.Context(), "k"),
	} {
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v, want a deadline that has passed", name, err)
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestS3_serverThatIsNotThere(t *testing.T) {
	b := newBucket(t)
	s := b.open(t, "")
	b.Close()
	if err := s.Put(t.Context(), "k", "image/png", []byte("x")); err == nil {
		t.Error("no error")
	}
}

func TestS3_publicURL(t *testing.T) {
	for _, tt := range []struct{ endpoint, public, want string }{
		{"https://s3.example", "", "https://s3.example/shop-media/k"},
		{"https://p.supabase.co/storage/v1/s3", "", "https://p.supabase.co/storage/v1/object/public/shop-media/k"},
		{"https://p.supabase.co/storage/v1/s3/", "", "https://p.supabase.co/storage/v1/object/public/shop-media/k"},
		{"https://s3.example", "cdn.example/shop/", "https://cdn.example/shop/k"},
		{"https://s3.example", "http://cdn.example", "http://cdn.example/k"},
	} {
		s, err := storage.NewS3(storage.S3Options{Endpoint: tt.endpoint, Bucket: "shop-media", Region: "r", PublicURL: tt.public})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.URL("k"); got != tt.want {
			t.Errorf("URL = %s, want %s", got, tt.want)
		}
	}
}

func TestNewS3_mistakes(t *testing.T) {
	for _, o := range []storage.S3Options{
		{Endpoint: "https://s3.example", Bucket: ""},
		{Endpoint: "https://s3.example", Bucket: "Shop Media"},
		{Endpoint: "https://", Bucket: "shop-media"},
		{Endpoint: "://", Bucket: "shop-media"},
	} {
		if _, err := storage.NewS3(o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}

func keyOf(n int) string {
	return fmt.Sprintf("items/2026/11/%d-0123456789abcdef0123456789abcdef.png", n)
}

func TestS3_listsAndOpens(t *testing.T) {
	for _, path := range []string{"", "/storage/v1/s3"} {
		b := newBucket(t)
		s := b.open(t, path)
		var want []storage.Object
		for n := range 5 {
			if err := s.Put(t.Context(), keyOf(n), "image/png", []byte("pixels")); err != nil {
				t.Fatal(err)
			}
			want = append(want, storage.Object{Key: keyOf(n), Size: 6, Modified: bucketTime})
		}
		if err := s.Put(t.Context(), "backups/of-django.sql", "text/plain", []byte("others")); err != nil {
			t.Fatal(err)
		}
		var got []storage.Object
		if err := s.List(t.Context(), func(o storage.Object) error { got = append(got, o); return nil }); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("endpoint %q: objects (-want +got):\n%s", path, diff)
		}
		content, err := s.Open(t.Context(), keyOf(3))
		if err != nil {
			t.Fatal(err)
		}
		if all, err := io.ReadAll(content); string(all) != "pixels" || err != nil {
			t.Errorf("content = %q, %v", all, err)
		}
		if err := content.Close(); err != nil {
			t.Error(err)
		}
		_, err = s.Open(t.Context(), keyOf(9))
		wantKind(t, err, core.NotFound)
	}
}

func TestS3_listIsRefused(t *testing.T) {
	b := newBucket(t)
	b.answer = func(w http.ResponseWriter, _ *http.Request) bool {
		s3Error(w, http.StatusForbidden, "AccessDenied")
		return true
	}
	s := b.open(t, "")
	if err := s.List(t.Context(), func(storage.Object) error { return nil }); err == nil {
		t.Error("list: no error")
	}
	_, err := s.Open(t.Context(), keyOf(1))
	wantKind(t, err, core.Internal)
}
