package apptest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/routers"
	"github.com/google/go-cmp/cmp"
)

// A Client sends requests as one account, or as nobody.
type Client struct {
	handler http.Handler
	router  routers.Router
	header  http.Header
}

// A Response is an answer, read whole.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// As returns a client that sends the access token.
func (c Client) As(token string) Client { return c.With("Authorization", "Bearer "+token) }

// With returns a client that sends the header.
func (c Client) With(name, value string) Client {
	c.header = c.header.Clone()
	if c.header == nil {
		c.header = http.Header{}
	}
	c.header.Set(name, value)
	return c
}

// Get sends a GET request.
func (c Client) Get(t testing.TB, path string) *Response {
	t.Helper()
	return c.Do(t, http.MethodGet, path, nil)
}

// Post sends a POST request. The body is sent as it is if it is text, else as JSON.
func (c Client) Post(t testing.TB, path string, body any) *Response {
	t.Helper()
	return c.Do(t, http.MethodPost, path, body)
}

// Put sends a PUT request.
func (c Client) Put(t testing.TB, path string, body any) *Response {
	t.Helper()
	return c.Do(t, http.MethodPut, path, body)
}

// Patch sends a PATCH request.
func (c Client) Patch(t testing.TB, path string, body any) *Response {
	t.Helper()
	return c.Do(t, http.MethodPatch, path, body)
}

// Delete sends a DELETE request.
func (c Client) Delete(t testing.TB, path string) *Response {
	t.Helper()
	return c.Do(t, http.MethodDelete, path, nil)
}

// Do sends a request, and fails the test if the answer is not what the document allows. The body, if any, is JSON
// unless the client has a Content-Type of its own.
func (c Client) Do(t testing.TB, method, path string, body any) *Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://example.com"+path, encodeBody(t, body))
	maps.Copy(r.Header, c.header)
	if body != nil && r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	recorder := httptest.NewRecorder()
	c.handler.ServeHTTP(recorder, r)
	res := &Response{Status: recorder.Code, Header: recorder.Header(), Body: recorder.Body.Bytes()}
	checkDocumented(t, c.router, r, res)
	return res
}

func encodeBody(t testing.TB, body any) io.Reader {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return strings.NewReader(b)
	case []byte:
		return bytes.NewReader(b)
	}
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(text)
}

// Want fails the test unless the response has the status and, where body is not empty, the same JSON.
func (r *Response) Want(t testing.TB, status int, body string) {
	t.Helper()
	if r.Status != status {
		t.Errorf("status = %d, want %d; body %s", r.Status, status, r.Body)
		return
	}
	if body == "" {
		return
	}
	if diff := cmp.Diff(decode(t, []byte(body)), decode(t, r.Body)); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

// Object is the body as a JSON object; the test fails if the status is not as given or the body no object.
func (r *Response) Object(t testing.TB, status int) map[string]any {
	t.Helper()
	object, ok := decode(t, r.Body).(map[string]any)
	if r.Status != status || !ok {
		t.Fatalf("status = %d, want %d and an object; body %s", r.Status, status, r.Body)
	}
	return object
}

// List is the body as a JSON array of objects; the test fails if the status is not 200 or the body no array.
func (r *Response) List(t testing.TB) []map[string]any {
	t.Helper()
	var list []map[string]any
	if err := json.Unmarshal(r.Body, &list); err != nil || r.Status != http.StatusOK {
		t.Fatalf("status = %d, want 200 and an array: %v; body %s", r.Status, err, r.Body)
	}
	return list
}

// ID is the id in the body, which must be an object; the test fails unless the status is as given.
func (r *Response) ID(t testing.TB, status int) int64 {
	t.Helper()
	id, ok := r.Object(t, status)["id"].(json.Number)
	if !ok {
		t.Fatalf("no id in %s", r.Body)
	}
	n, err := id.Int64()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func decode(t testing.TB, text []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("not JSON: %v: %s", err, text)
	}
	return v
}

// SignUp registers an account and returns a client that is logged in as it. The app must have the users module.
func (c Client) SignUp(t testing.TB, username string) Client {
	t.Helper()
	const password = "Collect-them-all-1"
	c.Post(t, "/api/v1/auth/register/", map[string]any{
		"username": username, "email": username + "@shop.example", "password": password, "birthdate": "1990-01-02",
	}).Want(t, http.StatusCreated, "")
	return c.LogIn(t, username, password)
}

// LogIn returns a client that is logged in.
func (c Client) LogIn(t testing.TB, username, password string) Client {
	t.Helper()
	tokens := c.Post(t, "/api/v1/auth/token/", map[string]any{"username": username, "password": password}).
		Object(t, http.StatusOK)
	access, _ := tokens["access"].(string)
	return c.As(access)
}

// Sign puts the client's headers on a request that goes another way.
func (c Client) Sign(r *http.Request) {
	maps.Copy(r.Header, c.header)
}
