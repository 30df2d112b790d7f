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
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/web"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

// Every operation is sent by everybody who is not of a vendor, with ids of that vendor's objects in the path, in each
// member of the body that can name something, in members that the operation does not know, and in the query. Nothing of
// the vendor may be returned or changed, and the answer must be the one to an id that no object has.
func TestIsolation_everyOperation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *bun.DB) {
		a, d := domainstest.NewApp(t, db)
		program := app.New(web.Info{Title: "Omni-Stock API", Version: "1.0"}, app.System{}, d.Modules()...)
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
	ids    map[string]kind // in the path, by their names
	fields []string        // of the body, those that name an object
	params []string        // of the query, the same
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
		delete(stale, op.ID)
		fields, params := namingFields(t, doc, op)
		ops = append(ops, operation{op, expected, pathIDs(t, op, expected.names), fields, params})
	}
	for id := range stale {
		t.Errorf("%s is expected, but no operation", id)
	}
	for _, id := range documentedIDs(t) {
		if _, known := expectations[id]; !known {
			t.Errorf("the program has %s, which is not tried here: is its module missing?", id)
		}
	}
	slices.SortStableFunc(ops, func(a, b operation) int { return cmp.Compare(rank(a), rank(b)) })
	return ops
}

// documentedIDs are the operations of the program as it is built, by its committed document.
func documentedIDs(t *testing.T) (ids []string) {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range doc.Paths.Map() {
		for _, op := range path.Operations() {
			ids = append(ids, op.OperationID)
		}
	}
	return ids
}

func rank(op operation) int {
	if op.moves {
		return 1
	}
	return 0
}

var pathParam = regexp.MustCompile(`[:*](\w+)`)

// pathIDs are the ids in an operation's path. It fails the test where it is not known what one names.
func pathIDs(t *testing.T, op web.Operation, id kind) map[string]kind {
	t.Helper()
	found := map[string]kind{}
	for _, match := range pathParam.FindAllStringSubmatch(op.Path, -1) {
		name, names := match[1], id
		known := id != ""
		if name != "id" {
			names, known = pathKinds[name]
		}
		if !known {
			t.Errorf("%s: what does %s in %s name?", op.ID, name, op.Path)
		}
		if names != "" {
			found[name] = names
		}
	}
	return found
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
		for _, media := range documented.RequestBody.Value.Content {
			fields = integers(media.Schema.Value) // the same in every format
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
	path := doc.Paths.Value(pathParam.ReplaceAllString(op.Path, "{$1}"))
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

// A probe is one way to name objects that are not the sender's.
type probe struct {
	op     operation
	what   string   // where they are named
	path   []string // the ids in the path that name one; the others name the sender's own objects
	suffix string   // of the path, for its final slash
	header string   // one that makes the request conditional
	query  []string // parameters
	raw    string   // the whole query, instead
	fields []string // members of the body
}

// The probes that all operations have, but for those with an id that delete: the sender's own objects are needed.
const (
	everyParam = "query"
	strange    = "members that it does not know"
)

func (op operation) probes() []probe {
	probes := op.pathProbes()
	if op.Method == http.MethodDelete && len(op.ids) > 0 {
		return probes
	}
	all := slices.Sorted(maps.Keys(references))
	probes = append(probes, probe{what: everyParam, query: all})
	for _, param := range op.params {
		probes = append(probes, probe{what: "query, " + param, query: []string{param}})
	}
	for _, query := range op.queries {
		probes = append(probes, probe{what: query, raw: query})
	}
	for _, field := range op.fields {
		probes = append(probes, probe{what: field, fields: []string{field}})
	}
	if op.body != "" || op.file || op.table != "" {
		isKnown := func(name string) bool { return slices.Contains(op.fields, name) }
		probes = append(probes, probe{what: strange, fields: slices.DeleteFunc(slices.Clone(all), isKnown)})
	}
	for i := range probes {
		probes[i].op, probes[i].suffix = op, cmp.Or(probes[i].suffix, "/")
	}
	return probes
}

// pathProbes name each object in the path, and all of them.
func (op operation) pathProbes() (probes []probe) {
	all := slices.Sorted(maps.Keys(op.ids))
	if len(all) == 0 {
		return nil
	}
	probes = append(probes, probe{op: op, what: "path", path: all, suffix: "/"})
	if op.Suffix {
		probes = append(probes, probe{op: op, what: "path with .json", path: all, suffix: ".json"})
	}
	if len(all) > 1 {
		for _, name := range all {
			probes = append(probes, probe{op: op, what: "path, " + name, path: []string{name}, suffix: "/"})
		}
	}
	if op.Method != http.MethodPost {
		for _, header := range []string{"If-Match", "If-None-Match"} {
			probes = append(probes, probe{op: op, what: "path, " + header, path: all, suffix: "/", header: header})
		}
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
	if p.path != nil && foreign.Status < http.StatusBadRequest {
		fail("status = %d, want a refusal", foreign.Status)
	}
	if p.what == everyParam && !p.op.vain && actor.name == rivalOwner && foreign.Status >= http.StatusBadRequest {
		fail("status = %d, want success with the sender's own object: %s", foreign.Status, foreign.Body)
	}
	if p.mayDiffer(actor, statuses{foreign.Status, absent.Status}) {
		return
	}
	// What is made or changed has its own id and time.
	sameBody := p.op.Method == http.MethodGet || foreign.Status >= http.StatusBadRequest
	if foreign.Status != absent.Status || sameBody && p.text(foreign, w.theirs, w.ours) != p.text(absent, nil, w.ours) {
		fail("a foreign id is answered with %d %s\nan unknown one with %d %s", foreign.Status, foreign.Body, absent.Status, absent.Body)
	}
}

// mayDiffer reports whether the contract tells foreign ids from unknown ones in this place, by these statuses.
func (p probe) mayDiffer(actor outsider, got statuses) bool {
	if len(p.fields) != 1 || p.path != nil {
		return false
	}
	// A profile may go on to name the vendor that it names.
	if p.fields[0] == "vendor_id" && strings.HasPrefix(p.op.ID, "auth_me_") && actor.namesVictim {
		return got == statuses{http.StatusOK, http.StatusBadRequest}
	}
	told, ok := p.op.tells[p.fields[0]]
	return ok && got == told
}

// now is the moment of an answer.
var now = regexp.MustCompile(`"at":"[^"]*"`)

// text is an answer without the id that was sent, without those of the sender's own objects, and without its moment.
func (p probe) text(res *apptest.Response, sent, own ids) string {
	text := now.ReplaceAllString(string(res.Body), `"at":"now"`)
	for _, id := range own {
		text = strings.ReplaceAll(text, fmt.Sprintf(`\"%d\"`, id), "ID")
	}
	for _, field := range slices.Concat(p.fields, p.query) {
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

// send sends the operation; id says which object is named in the probed places.
func (p probe) send(t *testing.T, actor outsider, own ids, id func(kind) int64) *apptest.Response {
	t.Helper()
	client, path := actor.Client, p.address(own, id)
	if p.header != "" {
		client = client.With(p.header, `"x"`)
	}
	switch {
	case p.op.file, p.op.table != "":
		parts := []apptest.Part{apptest.File(apptest.PNG(t, 1, 1))}
		if p.op.table != "" {
			serial++
			parts[0].Content = []byte(strings.ReplaceAll(p.op.table, "#", strconv.Itoa(serial)))
		}
		for _, field := range p.fields {
			parts = append(parts, apptest.Part{Name: field, Content: strconv.AppendInt(nil, id(references[field]), 10)})
		}
		return client.Upload(t, path, parts...)
	case p.op.body != "":
		return client.Do(t, p.op.Method, path, p.body(t, own, id))
	}
	return client.Do(t, p.op.Method, path, nil)
}

// address is the path with the query.
func (p probe) address(own ids, id func(kind) int64) string {
	path := pathParam.ReplaceAllStringFunc(p.op.Path, func(param string) string {
		named, isID := p.op.ids[param[1:]]
		switch {
		case !isID:
			return "x"
		case slices.Contains(p.path, param[1:]):
			return strconv.FormatInt(id(named), 10)
		}
		return strconv.FormatInt(own[named], 10)
	})
	if bare, ok := strings.CutSuffix(path, "/"); ok {
		path = bare + p.suffix
	}
	if p.raw != "" {
		return path + "?" + replaceIDs(p.raw, id)
	}
	values := url.Values{}
	for _, name := range p.query {
		values.Set(name, strconv.FormatInt(id(references[name]), 10))
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// body is the operation's, with the probed members in it.
func (p probe) body(t *testing.T, own ids, id func(kind) int64) map[string]any {
	t.Helper()
	serial++
	text := strings.ReplaceAll(p.op.body, "#", strconv.Itoa(serial))
	text = replaceIDs(text, func(k kind) int64 { return own[k] })
	var body map[string]any
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		t.Fatalf("%s: %v", p.op.ID, err)
	}
	for _, field := range p.fields {
		body[field] = id(references[field])
	}
	return body
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// replaceIDs puts the id of a store in the place of {store}, and so on.
func replaceIDs(text string, id func(kind) int64) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		return strconv.FormatInt(id(kind(strings.Trim(name, "{}"))), 10)
	})
}
