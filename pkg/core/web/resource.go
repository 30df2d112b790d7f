package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/uptrace/bunrouter"

	"github.com/omni-stock/omnistock/pkg/core"
)

// methods are the methods that routes are made for, in the order of an Allow header.
var methods = []string{
	http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodHead, http.MethodOptions,
}

// A resource is all operations of one path.
type resource struct {
	handler *Handler
	ops     map[string]*Operation
	any     *Operation // one of them: what they share is read from it
	allow   string
}

func newResource(h *Handler, ops []*Operation) *resource {
	res := &resource{handler: h, ops: map[string]*Operation{}, any: ops[0]}
	for _, op := range ops {
		if res.ops[op.Method] != nil {
			panic(fmt.Sprintf("web: operation %s %s: a second one", op.Method, op.Path))
		}
		res.ops[op.Method] = op
	}
	if get := res.ops[http.MethodGet]; get != nil {
		res.ops[http.MethodHead] = get
	}
	res.allow = strings.Join(slices.DeleteFunc(slices.Clone(methods), func(method string) bool {
		return res.ops[method] == nil && method != http.MethodOptions
	}), ", ")
	return res
}

// serve answers in the order of Django REST framework: representation, credentials, method, limit, input.
func (res *resource) serve(w http.ResponseWriter, r bunrouter.Request) error {
	op := res.ops[r.Method]
	if !res.any.Plain {
		w.Header().Set("Vary", "Accept, origin") // one line: clients compare it with Django's
		w.Header().Set("Allow", res.allow)
		if err := negotiate(r.Request); err != nil {
			return err
		}
	}
	actor, err := res.handler.actor(r.Request, res.accessTo(op))
	if err != nil {
		return err
	}
	if op == nil {
		return res.serveMissing(w, r.Method)
	}
	if err := res.handler.limits.take(op, res.handler.clientAddr(r.Request)); err != nil {
		return err
	}
	ctx, err := withIfMatch(r.Request, op)
	if err != nil {
		return err
	}
	if op.LargeBody {
		takeTime(w, r.Request)
	}
	next := func(w http.ResponseWriter, plain *http.Request) error {
		r.Request = plain // with the route's parameters still
		return op.Endpoint.serve(w, r, op)
	}
	return res.handler.config.Around(w, r.Request.WithContext(core.WithActor(ctx, actor)), next)
}

// serveMissing answers a method that the path lacks.
func (res *resource) serveMissing(w http.ResponseWriter, method string) error {
	w.Header().Set("Allow", res.allow)
	if method != http.MethodOptions {
		return core.Errorf(core.MethodNotAllowed, "Method \"%s\" not allowed.", method)
	}
	WriteJSON(w, http.StatusOK, res.describe())
	return nil
}

// accessTo is the operation's rule; a method that the path lacks is as closed as the path.
func (res *resource) accessTo(op *Operation) Access {
	if op == nil {
		return res.any.Access
	}
	return op.Access
}

// describe is the answer to OPTIONS.
func (res *resource) describe() any {
	actions := map[string]string{}
	for method, op := range res.ops {
		if method != http.MethodHead {
			actions[method] = op.Summary
		}
	}
	return map[string]any{
		"name": res.any.Tag, "description": res.any.Summary,
		"renders": []string{"application/json"}, "parses": res.any.mediaTypes(), "actions": actions,
	}
}

func (op *Operation) mediaTypes() []string {
	var types []string
	for i, name := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data"} {
		if op.accepts()&(JSONBody<<i) != 0 {
			types = append(types, name)
		}
	}
	return types
}

// negotiate refuses a client that accepts no JSON. Browsers, which accept HTML, get JSON too.
func negotiate(r *http.Request) error {
	if format := r.URL.Query().Get("format"); format != "" && format != "json" {
		return errNotFound()
	}
	accept := r.Header.Values("Accept")
	if len(accept) == 0 {
		return nil
	}
	for entry := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		media, _, _ := strings.Cut(entry, ";")
		switch strings.ToLower(strings.TrimSpace(media)) {
		case "", "*/*", "application/*", "application/json", "text/*", "text/html":
			return nil
		}
	}
	return core.Errorf(core.NotAcceptable, "Could not satisfy the request Accept header.")
}
