package app

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// readyTimeout is how long a database may take to answer and count as ready.
const readyTimeout = 2 * time.Second

// System is what the operations of every installation need.
type System struct {
	FrontendURL string                      // where a browser that opens the root is sent
	Ready       func(context.Context) error // nil when requests can be served
}

func (s System) module(a *App) Module {
	return Module{
		Name: "system",
		Tags: []web.Tag{{Name: "system", Description: "Whether the server runs and is ready."}},
		Operations: []web.Operation{
			{
				Method: http.MethodGet, Path: "/", ID: "root", Access: web.Open, Plain: true, Hidden: true,
				Endpoint: web.Page(s.root),
			},
			{
				Method: http.MethodGet, Path: "/health/", ID: "health_retrieve", Tag: "system",
				Summary: "Tell that the process answers", Access: web.Open, Plain: true, Endpoint: web.JSON(s.health),
			},
			{
				Method: http.MethodGet, Path: "/health/ready/", ID: "health_ready_retrieve", Tag: "system",
				Summary: "Tell whether the database answers", Access: web.Open, Plain: true,
				Fails: []int{http.StatusServiceUnavailable}, Endpoint: web.JSON(s.ready),
			},
			{
				Method: http.MethodGet, Path: "/api/v1/schema/", ID: "schema_retrieve", Access: web.Public, Plain: true,
				Hidden: true, Endpoint: web.Files(a.openSchema),
			},
			{
				Method: http.MethodGet, Path: "/api/v1/docs/", ID: "docs", Access: web.Open, Plain: true, Hidden: true,
				Endpoint: web.Files(openDocs),
			},
			{
				Method: http.MethodGet, Path: "/api/v1/docs/:asset", ID: "docs_asset", Access: web.Open, Plain: true,
				Hidden: true, Endpoint: web.Files(openDocsAsset),
			},
		},
	}
}

type healthResponse struct {
	Status string `json:"status" help:"ok"`
}

func (System) health(context.Context, web.Nothing) (healthResponse, error) {
	return healthResponse{Status: "ok"}, nil
}

func (s System) ready(ctx context.Context, _ web.Nothing) (healthResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		return healthResponse{}, &core.Error{Kind: core.ServiceUnavailable, Msg: "The database does not answer.", Err: err}
	}
	return healthResponse{Status: "ok"}, nil
}

// root greets programs with the way on, and sends browsers to the shop's front end.
func (s System) root(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Location", s.FrontendURL)
		w.WriteHeader(http.StatusFound)
		return
	}
	web.WriteJSON(w, http.StatusOK, map[string]any{
		"message": "Omni-Stock API", "version": "1.0", "frontend_url": s.FrontendURL,
		"endpoints": map[string]any{
			"admin": "/admin/", "api": "/api/v1/", "health": "/health/", "docs": "/api/v1/schema/",
			"auth": map[string]string{
				"register": "/api/v1/auth/register/", "token": "/api/v1/auth/token/",
				"refresh": "/api/v1/auth/token/refresh/", "verify": "/api/v1/auth/token/verify/",
				"me": "/api/v1/auth/me/",
			},
		},
	})
}
