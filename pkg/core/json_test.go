package core_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"github.com/omni-stock/omnistock/pkg/core"
)

func TestJSON_nilIsAnEmptyObject(t *testing.T) {
	if got, err := json.Marshal(core.JSON(nil)); string(got) != "{}" || err != nil {
		t.Errorf("nil = %s, %v, want {}", got, err)
	}
}

func TestJSON_unmarshalKeepsNoReference(t *testing.T) {
	source := []byte(`{"a":1}`)
	var j core.JSON
	if err := json.Unmarshal(source, &j); err != nil {
		t.Fatal(err)
	}
	source[2] = 'b'
	if string(j) != `{"a":1}` {
		t.Errorf("document = %s, want the one that was read", j)
	}
}

func TestJSON_scanLeavesCopiesAlone(t *testing.T) {
	var j core.JSON
	if err := j.Scan([]byte(`{"first":true}`)); err != nil {
		t.Fatal(err)
	}
	first := j
	if err := j.Scan([]byte(`{"then":false}`)); err != nil {
		t.Fatal(err)
	}
	if string(first) != `{"first":true}` {
		t.Errorf("the first row became %s", first)
	}
}

func TestJSON_columns(t *testing.T) {
	for want, src := range map[string]any{`{"a":1}`: []byte(`{"a":1}`), "[]": "[]", "": nil} {
		j := core.JSON("old")
		if err := j.Scan(src); string(j) != want || err != nil {
			t.Errorf("scan %s = %s, %v", src, j, err)
		}
	}
	var j core.JSON
	if err := j.Scan(5); err == nil {
		t.Error("scan of a number: no error")
	}
}

func TestJSON_inSQL(t *testing.T) {
	gen := schema.NewQueryGen(pgdialect.New())
	for text, want := range map[string]string{"": `'{}'`, `{"a":"it's"}`: `'{"a":"it''s"}'`} {
		got, err := core.JSON(text).AppendQuery(gen, nil)
		if diff := cmp.Diff(want, string(got)); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	if _, err := core.JSON("{").AppendQuery(gen, nil); err == nil {
		t.Error("half a document: no error")
	}
}

func TestCanonicalNumber(t *testing.T) {
	for text, want := range map[json.Number]json.Number{
		"12.50": "125e-1", "1250e-2": "125e-1", "0.125E+2": "125e-1", "-0.001": "-1e-3", "100": "1e2", "-0.0": "0", "0e5": "0",
		"123456789012345678901234567890": "12345678901234567890123456789e1", "1e99999999999999999999": "1e99999999999999999999",
	} {
		if got := core.CanonicalNumber(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
