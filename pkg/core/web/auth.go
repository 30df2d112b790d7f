package web

import (
	"net/http"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// actor returns who makes the request, or the reason why they may not go on.
func (h *Handler) actor(r *http.Request, access Access) (core.Actor, error) {
	if access == Open {
		return core.Actor{}, nil
	}
	token, err := bearerToken(r.Header.Get("Authorization"))
	if err != nil {
		return core.Actor{}, err
	}
	if token == "" {
		return core.Actor{}, checkAccess(access, core.Actor{})
	}
	actor, err := h.config.Authenticate(r.Context(), token)
	if err != nil {
		return core.Actor{}, err
	}
	return actor, checkAccess(access, actor)
}

func checkAccess(access Access, actor core.Actor) error {
	switch {
	case access == Public:
		return nil
	case actor.IsNobody():
		return core.Errorf(core.Unauthenticated, "Authentication credentials were not provided.")
	case access == Staff && !actor.Staff && !actor.Superuser:
		return core.Errorf(core.Forbidden, "You do not have permission to perform this action.")
	}
	return nil
}

// bearerToken takes the token out of an Authorization header; other schemes than Bearer count as none.
func bearerToken(header string) (string, error) {
	parts := strings.Fields(header)
	if len(parts) == 0 || parts[0] != "Bearer" {
		return "", nil
	}
	if len(parts) != 2 {
		return "", &core.Error{
			Kind: core.Unauthenticated, Code: "bad_authorization_header",
			Msg: "Authorization header must contain two space-delimited values",
		}
	}
	return parts[1], nil
}
