package users_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/users"
)

// boss is the input of a good account made by somebody else.
var boss = users.NewUser{
	Username: "boss", Email: "boss@shop.example", Password: annsPassword, First: "Bo", Last: "Ss",
	Staff: true, Superuser: true, Role: users.RoleAdmin,
}

func TestCreate(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		made, err := f.Users.Create(t.Context(), boss)
		if err != nil {
			t.Fatal(err)
		}
		u, err := f.Users.ByUsername(t.Context(), "boss")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(made, u); diff != "" {
			t.Errorf("made and read differ:\n%s", diff)
		}
		if !u.IsStaff || !u.IsSuperuser || !u.IsActive || u.Role != users.RoleAdmin || u.FullName() != "Bo Ss" {
			t.Errorf("user = %+v", u)
		}
		actor, err := f.Users.Authenticate(t.Context(), f.logIn(t, "boss").access)
		if diff := cmp.Diff(core.Actor{UserID: u.ID, Username: "boss", Staff: true, Superuser: true}, actor); err != nil || diff != "" {
			t.Errorf("%v, actor (-want +got):\n%s", err, diff)
		}
	})
}

func TestHasSuperuser(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		for _, want := range []bool{false, true} {
			if has, err := f.Users.HasSuperuser(t.Context()); err != nil || has != want {
				t.Errorf("has superuser = %t, %v, want %t", has, err, want)
			}
			if _, err := f.Users.Create(t.Context(), boss); err != nil && !want {
				t.Fatal(err)
			}
		}
	})
}

func TestCreate_refused(t *testing.T) {
	tests := map[string]struct {
		change func(*users.NewUser)
		want   core.Fields
	}{
		"nothing": {
			func(in *users.NewUser) { *in = users.NewUser{} },
			core.Fields{"username": []string{"This field may not be blank."}, "email": []string{"This field may not be blank."}},
		},
		"taken names": {
			func(in *users.NewUser) { in.Username, in.Email = "ann", "ann@shop.example" },
			core.Fields{
				"username": []string{"A user with that username already exists."},
				"email":    []string{"A user with that email already exists."},
			},
		},
		"weak password": {
			func(in *users.NewUser) { in.Password = "123456" },
			core.Fields{"password": []string{
				"This password is too short. It must contain at least 8 characters.", "This password is too common.",
				"This password is entirely numeric.",
			}},
		},
		"padded password": {
			func(in *users.NewUser) { in.Password = " " + annsPassword },
			core.Fields{"password": []string{"A password cannot start or end with a space, or hold a null character."}},
		},
		"bad texts": {
			func(in *users.NewUser) {
				in.Username, in.First, in.Last, in.Email = "a\x00", strings.Repeat("x", 151), "\xff", "Bo <boss@shop.example>"
			},
			core.Fields{
				"username":   []string{"Null characters, and spaces around the text, are not allowed."},
				"first_name": []string{"Ensure this field has no more than 150 characters."},
				"last_name":  []string{"Null characters, and spaces around the text, are not allowed."},
				"email":      []string{"Enter a valid email address."},
			},
		},
	}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				in := boss
				test.change(&in)
				_, err := f.Users.Create(t.Context(), in)
				var invalid *core.Error
				if !errors.As(err, &invalid) {
					t.Fatalf("error = %v, want one with fields", err)
				}
				if diff := cmp.Diff(test.want, invalid.Fields); diff != "" {
					t.Error(diff)
				}
			})
		}
	})
}

func TestCreate_weakPasswordOnDemand(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if _, err := f.Users.Create(t.Context(), users.NewUser{
			Username: "demo", Email: "demo@shop.example", Password: "demo", WeakPassword: true,
		}); err != nil {
			t.Fatal(err)
		}
		f.Post(t, tokenPath, fields{"username": "demo", "password": "demo"}).Want(t, http.StatusOK, "")
	})
}

func TestGet_absent(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		_, byID := f.Users.Get(t.Context(), 1)
		_, byName := f.Users.ByUsername(t.Context(), "ann")
		deleted := f.Users.Delete(t.Context(), 1)
		for _, err := range []error{byID, byName, deleted} {
			if core.KindOf(err) != core.NotFound {
				t.Errorf("error = %v, want not found", err)
			}
		}
	})
}

func TestEnsureProfile_atOnce(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		id := f.register(t, nil)
		f.exec(t, "DELETE FROM collectibles_userprofile")
		var wait sync.WaitGroup
		for range 6 {
			wait.Go(func() {
				err := db.InTx(t.Context(), f.DB, func(ctx context.Context, tx bun.Tx) error {
					p, err := f.Users.EnsureProfile(ctx, tx, id)
					if err == nil && p.UserID != id {
						t.Errorf("profile of %d, want %d", p.UserID, id)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if n := f.count(t, "SELECT count(*) FROM collectibles_userprofile"); n != 1 {
			t.Errorf("profiles = %d, want 1", n)
		}
	})
}

func TestSetProfileVendor(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		id, vendor := f.register(t, nil), f.newVendor(t)
		for _, want := range []*int64{&vendor, nil} {
			if err := f.Users.SetProfileVendor(t.Context(), f.DB, id, want); err != nil {
				t.Fatal(err)
			}
			account, err := f.Users.Account(t.Context(), id)
			if diff := cmp.Diff(want, account.Profile.VendorID); err != nil || diff != "" {
				t.Errorf("%v, vendor (-want +got):\n%s", err, diff)
			}
		}
	})
}

func TestDelete_takesAllAlong(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		id := f.register(t, nil)
		refresh := f.logIn(t, "ann").refresh
		f.As(f.logIn(t, "ann").access).Patch(t, mePath, fields{
			"avatar": fields{"media_type": "profile_avatar", "url": "https://cdn.example/a.png"},
		}).Want(t, http.StatusOK, "")
		f.exec(t, `INSERT INTO django_admin_log (action_time, object_repr, action_flag, change_message, user_id)
			VALUES ('2026-01-01 00:00:00+00:00', 'Ann', 1, '[]', ?)`, id)
		var hooked int64
		f.Users.OnDelete(func(_ context.Context, _ bun.Tx, u *users.User) error {
			hooked = u.ID
			return nil
		})
		if err := f.Users.Delete(t.Context(), id); err != nil || hooked != id {
			t.Fatalf("error = %v, hook for %d, want %d", err, hooked, id)
		}
		for _, table := range []string{"users_user", "users_usermedia", "collectibles_userprofile", "django_admin_log"} {
			if n := f.count(t, "SELECT count(*) FROM ?", bun.Ident(table)); n != 0 {
				t.Errorf("rows in %s = %d, want 0", table, n)
			}
		}
		if n := f.count(t, "SELECT count(*) FROM token_blacklist_outstandingtoken WHERE user_id IS NULL"); n != 2 {
			t.Errorf("tokens that are nobody's = %d, want 2", n)
		}
		f.Post(t, refreshPath, fields{"refresh": refresh}).Want(t, http.StatusUnauthorized,
			`{"detail": "No active account found for the given token.", "code": "no_active_account"}`)
	})
}

func TestDelete_hookKeepsTheUser(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		id := f.register(t, nil)
		f.Users.OnDelete(func(context.Context, bun.Tx, *users.User) error { return core.Errorf(core.Conflict, "not now") })
		if err := f.Users.Delete(t.Context(), id); core.KindOf(err) != core.Conflict {
			t.Errorf("error = %v, want a conflict", err)
		}
		f.logIn(t, "ann")
	})
}

func TestDelete_stillReferredTo(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		id, vendor := f.register(t, nil), f.newVendor(t)
		f.exec(t, `INSERT INTO collectibles_vendormember
			(role, is_active, joined_at, metadata, user_id, vendor_id, invite_status, invited_at)
			VALUES ('owner', true, '2026-01-01 00:00:00+00:00', '{}', ?, ?, 'accepted', '2026-01-01 00:00:00+00:00')`, id, vendor)
		if err := f.Users.Delete(t.Context(), id); core.KindOf(err) != core.Conflict {
			t.Errorf("error = %v, want a conflict", err)
		}
		f.logIn(t, "ann")
	})
}
