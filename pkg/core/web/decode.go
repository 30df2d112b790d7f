package web

import (
	"maps"
	"net/http"
	"net/url"
	"reflect"

	"github.com/uptrace/bunrouter"

	"github.com/omni-stock/omnistock/pkg/core"
)

// demand says whether required fields must be there.
type demand uint8

const (
	requireAll demand = iota
	requireNone
)

// A Validator is an input with rules that one field's tag can't express. Validate is called also where single fields
// are wrong; those count as not sent.
type Validator interface{ Validate() core.Fields }

// A Sifter is an input of which some parameters count in certain company only: Sift deletes the others from the query.
type Sifter interface{ Sift(query url.Values) }

// decode reads path, query and body of a request into dst, a struct of o's type.
func (o *object) decode(r bunrouter.Request, op *Operation, dst reflect.Value) error {
	if err := o.fillPath(r.Param, dst); err != nil {
		return err
	}
	query, err := parseForm(r.URL.RawQuery)
	if err != nil {
		return err
	}
	if sifter, ok := reflect.TypeAssert[Sifter](dst.Addr()); ok {
		sifter.Sift(query)
	}
	wrong := o.fillQuery(query, dst)
	if o.hasBody() {
		sent, err := o.readBody(r.Request, op.accepts())
		if err != nil {
			return err
		}
		maps.Copy(wrong, o.fill(sent, dst, demandOf(r.Method)))
	}
	validate(dst, wrong)
	return core.InvalidFields(wrong)
}

func demandOf(method string) demand {
	if method == http.MethodPatch {
		return requireNone
	}
	return requireAll
}

// validate adds what a Validator says of fields that are not wrong already.
func validate(dst reflect.Value, wrong core.Fields) {
	validator, ok := reflect.TypeAssert[Validator](dst.Addr())
	if !ok {
		return
	}
	for name, msgs := range validator.Validate() {
		if wrong[name] == nil {
			wrong[name] = msgs
		}
	}
}

// fill converts the members that o knows into dst and says what is wrong with them; others are ignored.
func (o *object) fill(sent members, dst reflect.Value, need demand) core.Fields {
	wrong := core.Fields{}
	for _, f := range o.fields {
		if f.place != inBody {
			continue
		}
		v, ok := sent(f.name)
		switch {
		case !ok && f.rules.required && need == requireAll:
			wrong.Add(f.name, f.missing())
		case ok && !f.isLeftEmpty(v):
			if problem := f.set(v, dst.FieldByIndex(f.index)); problem != nil {
				wrong[f.name] = problem
			}
		}
	}
	return wrong
}

func (o *object) hasBody() bool {
	for _, f := range o.fields {
		if f.place == inBody {
			return true
		}
	}
	return false
}
