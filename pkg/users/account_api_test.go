package users_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/users"
)

func TestMe_shown(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		id := f.register(t, fields{"company_name": "Alpha <Cards>"})
		profile := f.count(t, "SELECT id FROM collectibles_userprofile WHERE user_id = ?", id)
		res := f.As(f.logIn(t, "ann").access).Get(t, mePath)
		want := fmt.Sprintf(`{"id":%d,"username":"ann","email":"ann@shop.example","first_name":"","last_name":"",`+
			`"full_name":"ann","role":"solo","profile_completed":true,"company_name":"Alpha <Cards>","company_code":null,`+
			`"company_site":null,"phone_number":null,"birthdate":"1990-01-02","tos_accepted_at":null,`+
			`"profile":{"id":%d,"phone":null,"bio":null,"profile_picture":null,"vendor_id":null,"vendor_name":null,`+
			`"created_at":"2026-11-22T10:00:00.123456Z","updated_at":"2026-11-22T10:00:00.123456Z"},`+
			`"active_vendor":null,"active_store":null}`, id, profile)
		if diff := cmp.Diff(want, string(res.Body)); res.Status != http.StatusOK || diff != "" {
			t.Errorf("status = %d, body (-want +got):\n%s", res.Status, diff)
		}
	})
}

func TestMe_takesTwoQueries(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		queries := dbtest.Count(t, f.DB)
		client.Get(t, mePath).Want(t, http.StatusOK, "")
		if n := queries(); n != 2 {
			t.Errorf("queries = %d, want 2", n)
		}
	})
}

func TestMe_profileMadeWhereMissing(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		f.exec(t, "DELETE FROM collectibles_userprofile")
		statuses := atOnce(4, func(int) *apptest.Response { return client.Get(t, mePath) })
		if statuses[http.StatusOK] != 4 {
			t.Errorf("statuses = %v, want 200", statuses)
		}
		if n := f.count(t, "SELECT count(*) FROM collectibles_userprofile"); n != 1 {
			t.Errorf("profiles = %d, want 1", n)
		}
	})
}

func TestMe_methods(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		client.Post(t, mePath, fields{}).Want(t, http.StatusMethodNotAllowed, `{"detail": "Method \"POST\" not allowed."}`)
		res := client.Delete(t, mePath)
		res.Want(t, http.StatusMethodNotAllowed, `{"detail": "Method \"DELETE\" not allowed."}`)
		if got, want := res.Header.Get("Allow"), "GET, PUT, PATCH, HEAD, OPTIONS"; got != want {
			t.Errorf("Allow = %q, want %q", got, want)
		}
		f.Get(t, mePath).Want(t, http.StatusUnauthorized, `{"detail": "Authentication credentials were not provided."}`)
	})
}

// TestChangeMe_steps changes one account step by step; want holds the members that differ from before.
func TestChangeMe_steps(t *testing.T) {
	steps := []struct {
		name       string
		body, want fields
	}{
		{
			"names and profile",
			fields{"first_name": " Ann ", "last_name": "Ōkami", "bio": "Collector", "phone": "555-1234"},
			fields{"first_name": "Ann", "last_name": "Ōkami", "full_name": "Ann Ōkami", "profile.bio": "Collector", "profile.phone": "555-1234"},
		},
		{"unknown and read-only fields", fields{"role": "admin", "id": 1, "nonsense": []int{1}, "profile_completed": false}, nil},
		{"nothing", fields{}, nil},
		{
			"null means unchanged", fields{
				"first_name": nil, "last_name": nil, "bio": nil, "phone": nil, "birthdate": nil, "profile_picture_url": nil,
				"company_name": nil, "company_code": nil, "company_site": nil, "phone_number": nil,
			}, nil,
		},
		{
			"company",
			fields{"company_name": "Alpha", "company_code": "A", "company_site": "https://alpha.example", "phone_number": "abc"},
			fields{"company_name": "Alpha", "company_code": "A", "company_site": "https://alpha.example", "phone_number": "abc"},
		},
		{
			"blank clears",
			fields{"bio": "", "company_name": "", "company_site": "", "last_name": ""},
			fields{"profile.bio": "", "company_name": "", "company_site": "", "last_name": "", "full_name": "Ann"},
		},
		{"address", fields{"email": "Ann.New@Shop.Example"}, fields{"email": "Ann.New@Shop.Example"}},
		{"user name", fields{"username": "ann 2"}, fields{"username": "ann 2"}},
		{"own names again", fields{"username": "ann 2", "email": "Ann.New@Shop.Example"}, nil},
		{"any birthdate", fields{"birthdate": "2020-01-01"}, fields{"birthdate": "2020-01-01"}},
		{"picture", fields{"profile_picture_url": "https://cdn.example/p.png"}, fields{"profile.profile_picture": "https://cdn.example/p.png"}},
		{"picture stays", fields{"profile_picture_url": nil, "delete_profile_picture": false}, nil},
		{"picture removed", fields{"delete_profile_picture": true}, fields{"profile.profile_picture": nil}},
		{"no vendor", fields{"vendor_id": nil}, nil},
	}
	for _, method := range []string{http.MethodPatch, http.MethodPut} {
		each(t, func(t *testing.T, f *fixture) {
			client := f.asAnn(t)
			want := flat(client.Get(t, mePath).Object(t, http.StatusOK))
			for _, step := range steps {
				maps.Copy(want, step.want)
				for _, res := range []*apptest.Response{client.Do(t, method, mePath, step.body), client.Get(t, mePath)} {
					if diff := cmp.Diff(want, flat(res.Object(t, http.StatusOK))); diff != "" {
						t.Errorf("%s %s (-want +got):\n%s", method, step.name, diff)
					}
				}
			}
		})
	}
}

// flat lifts the members of the profile to the top.
func flat(account map[string]any) fields {
	all := fields(maps.Clone(account))
	profile, _ := account["profile"].(map[string]any)
	delete(all, "profile")
	for name, value := range profile {
		all["profile."+name] = value
	}
	return all
}

func TestChangeMe_refused(t *testing.T) {
	tests := map[string]struct {
		body fields
		want string
	}{
		"taken user name":    {fields{"username": "bob"}, `{"username": ["A user with that username already exists."]}`},
		"taken address":      {fields{"email": "bob@shop.example"}, `{"email": ["A user with that email already exists."]}`},
		"null user name":     {fields{"username": nil}, `{"username": ["This field may not be null."]}`},
		"null address":       {fields{"email": nil}, `{"email": ["This field may not be null."]}`},
		"blank user name":    {fields{"username": " "}, `{"username": ["This field may not be blank."]}`},
		"long phone number":  {fields{"phone_number": strings.Repeat("1", 21)}, `{"phone_number": ["Ensure this field has no more than 20 characters."]}`},
		"long URL":           {fields{"profile_picture_url": "https://a.example/" + strings.Repeat("x", 200)}, `{"profile_picture_url": ["Ensure this field has no more than 200 characters."]}`},
		"bad site and date":  {fields{"company_site": "nope", "birthdate": "x"}, `{"company_site": ["Enter a valid URL."], "birthdate": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}`},
		"null character":     {fields{"bio": "a\x00"}, `{"bio": ["Null characters are not allowed."]}`},
		"picture both ways":  {fields{"profile_picture_url": "https://cdn.example/p.png", "delete_profile_picture": true}, `{"profile_picture_url": ["Cannot upload and delete the profile picture in the same request."]}`},
		"unknown vendor":     {fields{"vendor_id": 987654321}, `{"vendor_id": ["Vendor not found."]}`},
		"vendor is no id":    {fields{"vendor_id": "x"}, `{"vendor_id": ["A valid integer is required."]}`},
		"vendor beyond all":  {fields{"vendor_id": 1e30}, ``},
		"vendor and name":    {fields{"vendor_id": 5, "username": "bob"}, `{"vendor_id": ["Vendor not found."], "username": ["A user with that username already exists."]}`},
		"image without much": {fields{"avatar": fields{}}, `{"avatar": {"media_type": ["This field is required."], "url": ["This field is required."]}}`},
		"image is a text":    {fields{"avatar": "x"}, `{"avatar": {"non_field_errors": ["Invalid data. Expected a dictionary, but got str."]}}`},
		"bad image": {
			fields{"avatar": fields{"media_type": "nope", "url": "x", "width": -1}},
			`{"avatar": {"media_type": ["\"nope\" is not a valid choice."], "url": ["Enter a valid URL."],
				"width": ["Ensure this value is greater than or equal to 0."]}}`,
		},
		"huge image": {
			fields{"avatar": fields{"media_type": "profile_avatar", "url": "https://a.example/a", "width": 1 << 31}},
			`{"avatar": {"width": ["Ensure this value is less than or equal to 2147483647."]}}`,
		},
		"metadata are a list": {
			fields{"vendor_logo": fields{"media_type": "vendor_logo", "url": "https://a.example/a", "metadata": []int{}}},
			`{"vendor_logo": {"metadata": ["Expected a dictionary of items."]}}`,
		},
	}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, fields{"username": "bob", "email": "bob@shop.example"})
		client := f.asAnn(t)
		before := client.Get(t, mePath)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) { client.Patch(t, mePath, test.body).Want(t, http.StatusBadRequest, test.want) })
		}
		client.Get(t, mePath).Want(t, http.StatusOK, string(before.Body))
	})
}

func TestChangeMe_forms(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		form := client.With("Content-Type", "application/x-www-form-urlencoded")
		me := flat(form.Put(t, mePath, "bio=Form+bio&vendor_id=").Object(t, http.StatusOK))
		if me["profile.bio"] != "Form bio" {
			t.Errorf("bio = %v, want Form bio", me["profile.bio"])
		}
		client.With("Content-Type", "multipart/form-data; boundary=b").Patch(t, mePath, "--b--\r\n").
			Want(t, http.StatusUnsupportedMediaType,
				`{"detail": "Unsupported media type \"multipart/form-data; boundary=b\" in request."}`)
	})
}

func TestChangeMe_images(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		patch := func(body fields) {
			t.Helper()
			client.Patch(t, mePath, body).Want(t, http.StatusOK, "")
		}
		wantMedia := func(want ...string) {
			t.Helper()
			var got []string
			err := f.DB.NewRaw(`SELECT media_type || ' ' || url || ' ' || coalesce(width, -1) || ' ' || metadata
				FROM users_usermedia ORDER BY media_type`).Scan(t.Context(), &got)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%v, images (-want +got):\n%s", err, diff)
			}
		}
		image := fields{"media_type": "profile_avatar", "url": "https://cdn.example/a.png", "width": 64, "metadata": fields{"path": "a"}}
		patch(fields{"avatar": image, "vendor_logo": nil})
		wantMedia("profile_avatar https://cdn.example/a.png 64 " + f.document(`{"path":"a"}`))
		patch(fields{
			"avatar":            fields{"media_type": "profile_avatar", "url": "https://cdn.example/b.png"},
			"storefront_banner": fields{"media_type": "storefront_banner", "url": "https://cdn.example/s.png", "width": nil},
		})
		wantMedia("profile_avatar https://cdn.example/b.png -1 {}", "storefront_banner https://cdn.example/s.png -1 {}")
		patch(fields{"bio": "images stay"})
		patch(fields{"avatar": nil})
		wantMedia("storefront_banner https://cdn.example/s.png -1 {}")
	})
}

// document is how the engine shows a stored JSON object.
func (f *fixture) document(text string) string {
	if f.DB.Dialect().Name().String() == "pg" {
		return strings.ReplaceAll(text, ":", ": ")
	}
	return text
}

func TestChangeMe_imagesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		statuses := atOnce(8, func(i int) *apptest.Response {
			return client.Patch(t, mePath, fields{
				"avatar": fields{"media_type": "profile_avatar", "url": fmt.Sprintf("https://cdn.example/%d.png", i)},
			})
		})
		if n := f.count(t, "SELECT count(*) FROM users_usermedia"); statuses[http.StatusOK] != 8 || n != 1 {
			t.Errorf("statuses = %v, images = %d, want 1", statuses, n)
		}
	})
}

func TestChangeMe_sameNameAtOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		var clients []apptest.Client
		for i := range 6 {
			name := fmt.Sprintf("user%d", i)
			f.register(t, fields{"username": name, "email": name + "@shop.example"})
			clients = append(clients, f.As(f.logIn(t, name).access))
		}
		statuses := atOnce(6, func(i int) *apptest.Response {
			res := clients[i].Patch(t, mePath, fields{"username": "ann"})
			if res.Status != http.StatusOK {
				res.Want(t, http.StatusBadRequest, `{"username": ["A user with that username already exists."]}`)
			}
			return res
		})
		if diff := cmp.Diff(map[int]int{http.StatusOK: 1, http.StatusBadRequest: 5}, statuses); diff != "" {
			t.Error(diff)
		}
	})
}

func TestChangeMe_movesTheProfilesTime(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		client := f.asAnn(t)
		f.Clock.Move(time.Second)
		me := flat(client.Patch(t, mePath, fields{"first_name": "Ann"}).Object(t, http.StatusOK))
		if got, want := me["profile.updated_at"], "2026-11-22T10:00:00.123456Z"; got != want {
			t.Errorf("updated_at = %v, want %v: the profile is as it was", got, want)
		}
		me = flat(client.Patch(t, mePath, fields{"bio": "new"}).Object(t, http.StatusOK))
		if got, want := me["profile.updated_at"], "2026-11-22T10:00:01.123456Z"; got != want {
			t.Errorf("updated_at = %v, want %v", got, want)
		}
	})
}

func TestMe_workplace(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		vendor := f.newVendor(t)
		name := "Alpha"
		f.Users.SetWorkplace(func(_ context.Context, u *users.User, p *users.Profile) (users.Workplace, error) {
			if u.Username != "ann" || p.VendorID == nil {
				return users.Workplace{}, nil
			}
			return users.Workplace{
				ProfileVendorName: &name,
				Vendor:            &users.WorkVendor{ID: *p.VendorID, Name: name, Slug: "alpha"},
				Store:             &users.WorkStore{ID: 3, Name: "Default Store", VendorID: *p.VendorID},
			}, nil
		})
		f.Users.SetVendorNaming(func(_ context.Context, _ bun.Tx, u *users.User, _ *users.Profile, vendorID int64) error {
			if u.Username == "ann" && vendorID == vendor {
				return nil
			}
			return users.ErrVendorUnknown
		})
		client := f.asAnn(t)
		client.Patch(t, mePath, fields{"vendor_id": vendor + 1}).Want(t, http.StatusBadRequest, `{"vendor_id": ["Vendor not found."]}`)
		me := client.Patch(t, mePath, fields{"vendor_id": vendor}).Object(t, http.StatusOK)
		profile, _ := me["profile"].(map[string]any)
		got := fields{"vendor": me["active_vendor"], "store": me["active_store"], "id": profile["vendor_id"], "name": profile["vendor_name"]}
		id := fmt.Sprint(vendor)
		want := `map[id:` + id + ` name:Alpha store:map[id:3 name:Default Store vendor_id:` + id + `] vendor:map[id:` + id + ` name:Alpha slug:alpha]]`
		if fmt.Sprint(got) != want {
			t.Errorf("workplace = %v, want %v", got, want)
		}
		if me := client.Patch(t, mePath, fields{"vendor_id": nil}).Object(t, http.StatusOK); me["active_vendor"] != nil {
			t.Errorf("vendor = %v, want none", me["active_vendor"])
		}
	})
}

func TestMe_workplaceUnknown(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.Users.SetWorkplace(func(context.Context, *users.User, *users.Profile) (users.Workplace, error) {
			return users.Workplace{}, core.Errorf(core.Internal, "out of order")
		})
		f.asAnn(t).Get(t, mePath).Want(t, http.StatusInternalServerError, `{"detail": "Internal server error."}`)
	})
}

// newVendor puts a vendor into the database, which this domain only refers to.
func (f *fixture) newVendor(t *testing.T) int64 {
	t.Helper()
	f.exec(t, `INSERT INTO collectibles_vendor (name, slug, is_active, created_at, updated_at)
		VALUES ('Alpha', 'alpha', true, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00')`)
	return int64(f.count(t, "SELECT id FROM collectibles_vendor"))
}
