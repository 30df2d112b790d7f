package inventory_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Every operation is sent by everybody who is not of a vendor, with ids of that vendor's objects in the path, in each
// member of the body that can name something, in members that the operation does not know, and in the query. Nothing of
// the vendor may be returned or changed, and the answer must be the one to an id that no object has.
func TestIsolation_everyOperation(t *testing.T) {
	apptest.Each(t, build, func(t *testing.T, a *apptest.App) {
		_, modules := build(t, a.DB)
		program := app.New(web.Info{Title: "Omni-Stock API", Version: "1.0"}, app.System{}, modules...)
		w := newWorld(t, a)
		before := w.rows(t)
		for _, op := range operations(t, program) {
			t.Run(op.ID, func(t *testing.T) {
				for _, actor := range w.actors {
					for _, p := range op.probes() {
						w.compare(t, actor, p)
					}
				}
				if diff := gocmp.Diff(before, w.rows(t)); diff != "" {
					t.Errorf("rows of the vendor changed (-before +after):\n%s", diff)
				}
			})
		}
	})
}

// An operation under test.
type operation struct {
	web.Operation
	expectation
	fields []string // of the body, those that name an object
	params []string // of the query, the same
}

// operations are those of the program, and those that change the sender last.
func operations(t *testing.T, program *app.App) (ops []operation) {
	t.Helper()
	doc, err := program.Document()
	if err != nil {
		t.Fatal(err)
	}
	stale := maps.Clone(expectations)
	for _, op := range program.Operations() {
		expected, known := expectations[op.ID]
		if !known {
			t.Errorf("%s %s: say in expectations what %s is about", op.Method, op.Path, op.ID)
		}
		if strings.Contains(op.Path, ":id") != (expected.names != "") {
			t.Errorf("%s: what does the id in %s name?", op.ID, op.Path)
		}
		delete(stale, op.ID)
		fields, params := namingFields(t, doc, op)
		ops = append(ops, operation{Operation: op, expectation: expected, fields: fields, params: params})
	}
	for id := range stale {
		t.Errorf("%s is expected, but no operation", id)
	}
	slices.SortStableFunc(ops, func(a, b operation) int { return cmp.Compare(rank(a), rank(b)) })
	return ops
}

func rank(op operation) int {
	if op.moves {
		return 1
	}
	return 0
}

// namingFields are the members of an operation's body, and the parameters of its query, that name an object. It fails
// the test for a whole number of which it is not known whether it does.
func namingFields(t *testing.T, doc *openapi3.T, op web.Operation) (fields, params []string) {
	t.Helper()
	documented := documentedOperation(doc, op)
	if documented == nil {
		return nil, nil
	}
	for _, parameter := range documented.Parameters {
		if p := parameter.Value; p.In == openapi3.ParameterInQuery && p.Schema.Value.Type.Is(openapi3.TypeInteger) {
			params = append(params, p.Name)
		}
	}
	if documented.RequestBody != nil {
		if media := documented.RequestBody.Value.Content.Get("application/json"); media != nil {
			fields = integers(media.Schema.Value)
		}
	}
	namesNothing := func(name string) bool {
		if !slices.Contains(quantities, name) && references[name] == "" {
			t.Errorf("%s: does %s name an object? Add it to references or quantities", op.ID, name)
		}
		return references[name] == ""
	}
	return slices.DeleteFunc(fields, namesNothing), slices.DeleteFunc(params, namesNothing)
}

func documentedOperation(doc *openapi3.T, op web.Operation) *openapi3.Operation {
	path := doc.Paths.Value(regexp.MustCompile(`:(\w+)`).ReplaceAllString(op.Path, "{$1}"))
	if path == nil {
		return nil
	}
	return path.GetOperation(op.Method)
}

// integers are the members of a schema, and of the objects in it, that are whole numbers.
func integers(schema *openapi3.Schema) (names []string) {
	for name, property := range schema.Properties {
		p := property.Value
		if p.Type.Is("integer") || p.Type.Includes("integer") {
			names = append(names, name)
		}
		names = append(names, integers(p)...)
		if p.Items != nil {
			names = append(names, integers(p.Items.Value)...)
		}
		for _, part := range p.AllOf {
			names = append(names, integers(part.Value)...)
		}
	}
	slices.Sort(names)
	return names
}

// A probe is one way to name an object that is not the sender's.
type probe struct {
	op     operation
	what   string // where it is named
	suffix string // of the path, for its final slash
	inPath bool   // else the path names the sender's own object
	fields []string
	query  bool   // the fields stand in the query, else in the body
	header string // one that makes the request conditional
}

const everyParam = "query"

func (op operation) probes() (probes []probe) {
	if op.names != "" {
		probes = append(probes, probe{op: op, what: "path", suffix: "/", inPath: true})
	}
	if op.names != "" && op.Suffix {
		probes = append(probes, probe{op: op, what: "path with .json", suffix: ".json", inPath: true})
	}
	for _, header := range []string{"If-Match", "If-None-Match"} {
		if op.names != "" && op.Method != http.MethodPost {
			probes = append(probes, probe{op: op, what: "path, " + header, suffix: "/", inPath: true, header: header})
		}
	}
	if op.Method == http.MethodDelete { // of the sender's own objects the others need all
		return probes
	}
	probes = append(probes, probe{op: op, what: everyParam, suffix: "/", query: true, fields: slices.Sorted(maps.Keys(references))})
	for _, param := range op.params {
		probes = append(probes, probe{op: op, what: "query, " + param, suffix: "/", query: true, fields: []string{param}})
	}
	for _, field := range op.fields {
		probes = append(probes, probe{op: op, what: field, suffix: "/", fields: []string{field}})
	}
	if op.body != "" {
		strange := slices.DeleteFunc(slices.Sorted(maps.Keys(references)), func(name string) bool { return slices.Contains(op.fields, name) })
		probes = append(probes, probe{op: op, what: "members that it does not know", suffix: "/", fields: strange})
	}
	return probes
}

// compare sends the probe with the victim's ids and with ids of nothing.
func (w *world) compare(t *testing.T, actor outsider, p probe) {
	t.Helper()
	foreign := p.send(t, actor, w.ours, func(k kind) int64 { return w.theirs[k] })
	absent := p.send(t, actor, w.ours, func(kind) int64 { return missing })
	fail := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s by %s: "+format, append([]any{p.what, actor.name}, args...)...)
	}
	for _, res := range []*apptest.Response{foreign, absent} {
		if bytes.Contains(bytes.ToLower(res.Body), []byte(marker)) {
			fail("the answer tells of the vendor: %s", res.Body)
		}
		if res.Status >= http.StatusInternalServerError {
			fail("status = %d", res.Status)
		}
	}
	if p.inPath && foreign.Status < http.StatusBadRequest {
		fail("status = %d, want a refusal", foreign.Status)
	}
	if p.what == everyParam && !p.op.vain && actor.name == rivalOwner && foreign.Status >= http.StatusBadRequest {
		fail("status = %d, want success with the sender's own object: %s", foreign.Status, foreign.Body)
	}
	if p.mayDiffer(actor, statuses{foreign.Status, absent.Status}) {
		return
	}
	if foreign.Status != absent.Status || foreign.Status >= http.StatusBadRequest && p.text(foreign, w.theirs) != p.text(absent, nil) {
		fail("a foreign id is answered with %d %s\nan unknown one with %d %s", foreign.Status, foreign.Body, absent.Status, absent.Body)
	}
}

// mayDiffer reports whether the contract tells foreign ids from unknown ones in this place, by these statuses.
func (p probe) mayDiffer(actor outsider, got statuses) bool {
	if len(p.fields) != 1 || p.inPath {
		return false
	}
	// A profile may go on to name the vendor that it names.
	if p.fields[0] == "vendor_id" && strings.HasPrefix(p.op.ID, "auth_me_") && actor.namesVictim {
		return got == statuses{http.StatusOK, http.StatusBadRequest}
	}
	told, ok := p.op.tells[p.fields[0]]
	return ok && got == told
}

// text is a refusal without the id that was sent.
func (p probe) text(res *apptest.Response, sent ids) string {
	text := string(res.Body)
	for _, field := range p.fields {
		id := int64(missing)
		if sent != nil {
			id = sent[references[field]]
		}
		text = strings.ReplaceAll(text, fmt.Sprintf(`\"%d\"`, id), "ID")
	}
	return text
}

// serial numbers what must not be the same twice.
var serial int

// send sends the operation; id says which object is named in the probed place.
func (p probe) send(t *testing.T, actor outsider, own ids, id func(kind) int64) *apptest.Response {
	t.Helper()
	named := own[p.op.names]
	if p.inPath {
		named = id(p.op.names)
	}
	path := strings.ReplaceAll(p.op.Path, ":id", strconv.FormatInt(named, 10))
	path = strings.TrimSuffix(regexp.MustCompile(`:\w+`).ReplaceAllString(path, "x"), "/") + p.suffix
	if p.query {
		values := url.Values{}
		for _, name := range p.fields {
			values.Set(name, strconv.FormatInt(id(references[name]), 10))
		}
		path += "?" + values.Encode()
	}
	client := actor.Client
	if p.header != "" {
		client = client.With(p.header, `"x"`)
	}
	if p.op.body == "" {
		return client.Do(t, p.op.Method, path, nil)
	}
	return client.Do(t, p.op.Method, path, p.body(t, own, id))
}

// body is the operation's, with the probed members in it.
func (p probe) body(t *testing.T, own ids, id func(kind) int64) map[string]any {
	t.Helper()
	serial++
	text := strings.ReplaceAll(p.op.body, "#", strconv.Itoa(serial))
	for k, n := range own {
		text = strings.ReplaceAll(text, "{"+string(k)+"}", strconv.FormatInt(n, 10))
	}
	var body map[string]any
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		t.Fatalf("%s: %v", p.op.ID, err)
	}
	for _, field := range p.fields {
		if !p.query {
			body[field] = id(references[field])
		}
	}
	return body
}
