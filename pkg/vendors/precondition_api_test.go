package vendors_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

func TestIfMatch_guardsEachKindOfObject(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		alice := a.SignUp(t, "alice")
		bob := a.SignUp(t, "bob")
		vendor := alice.Post(t, vendorsPath, `{"name": "Alpha"}`).ID(t, http.StatusCreated)
		store := alice.Post(t, "/api/v1/vendor-stores/", `{"name": "Annex"}`).ID(t, http.StatusCreated)
		member := alice.Post(t, "/api/v1/vendor-members/", `{"email": "bob@shop.example"}`).ID(t, http.StatusCreated)
		bob.Post(t, fmt.Sprintf("/api/v1/vendor-invites/%d/accept/", member), nil).Want(t, http.StatusOK, "")
		access := alice.Post(t, "/api/v1/vendor-store-access/", fmt.Sprintf(`{"store": %d, "member": %d}`, store, member)).
			ID(t, http.StatusCreated)
		tests := []struct{ path, change string }{
			{fmt.Sprintf("/api/v1/vendor-store-access/%d/", access), `{"role": "manager"}`},
			{fmt.Sprintf("/api/v1/vendor-members/%d/", member), `{"role": "staff"}`},
			{fmt.Sprintf("/api/v1/vendor-stores/%d/", store), `{"address": "Main Street"}`},
			{vendorPath(vendor), `{"contact_info": "hi"}`},
		}
		for _, tt := range tests {
			tag := alice.Get(t, tt.path).Header.Get("ETag")
			client := alice.With("If-Match", tag)
			client.Patch(t, tt.path, tt.change).Want(t, http.StatusOK, "")
			client.Patch(t, tt.path, tt.change).Want(t, http.StatusPreconditionFailed, "")
			client.Delete(t, tt.path).Want(t, http.StatusPreconditionFailed, "")
			alice.With("If-Match", alice.Get(t, tt.path).Header.Get("ETag")).Delete(t, tt.path).Want(t, http.StatusNoContent, "")
		}
	})
}

func TestIfMatch_refusedWhereItMeansNothing(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App) {
		a.SignUp(t, "alice").With("If-Match", `"x"`).Post(t, vendorsPath, `{"name": "Alpha"}`).
			Want(t, http.StatusPreconditionFailed, `{"detail": "This operation knows no If-Match."}`)
	})
}
