package adoption_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/adoption"
)

type fields = map[string]any

// TestSideBySide_djangoWritesAreSeen changes rows as Django would, while the server runs: the next request knows.
func TestSideBySide_djangoWritesAreSeen(t *testing.T) {
	bunDB := django(t, adoption.Current)
	mustMigrate(t, bunDB, adoption.Options{})
	a := newApp(t, bunDB)
	anna := a.LogIn(t, "anna", "pässwörd ✓")
	names := func() (all []string) {
		for _, item := range anna.Get(t, "/api/v1/collectibles/").List(t) {
			all = append(all, fmt.Sprint(item["name"]))
		}
		return all
	}
	for _, c := range []struct {
		write string
		want  []string
	}{
		{"SELECT 1", []string{"Charizard Holo"}},
		{`INSERT INTO collectibles_collectible (name, sku, description, quantity, price, intake_price, projected_price, image_url, category,
			condition, created_at, updated_at, user_id, vendor_id, store_id)
			VALUES ('Django''s', 'D-1', NULL, 2, '12.30', '0', '0', NULL, NULL, NULL, now(), now(), 1, 1, 1)`, []string{"Charizard Holo", "Django's"}},
		{"UPDATE collectibles_collectible SET name = 'Renamed' WHERE sku = 'D-1'", []string{"Charizard Holo", "Renamed"}},
		{"DELETE FROM collectibles_collectible WHERE sku = 'D-1'", []string{"Charizard Holo"}},
		{"UPDATE collectibles_vendormember SET is_active = false, invite_status = 'revoked' WHERE user_id = 1", nil},
		{"UPDATE collectibles_vendormember SET is_active = true, invite_status = 'accepted' WHERE user_id = 1", []string{"Charizard Holo"}},
	} {
		mustExec(t, bunDB, c.write)
		if diff := cmp.Diff(c.want, names()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.write, diff)
		}
	}
	mustExec(t, bunDB, "UPDATE users_user SET is_active = false WHERE id = 1")
	if res := anna.Get(t, "/api/v1/collectibles/"); res.Status != http.StatusUnauthorized {
		t.Errorf("status of a disabled account = %d", res.Status)
	}
}

// TestSideBySide_djangoReadsWhatWeWrite writes through the API and looks at the rows as Django's fields do.
func TestSideBySide_djangoReadsWhatWeWrite(t *testing.T) {
	bunDB := django(t, adoption.Current)
	mustMigrate(t, bunDB, adoption.Options{})
	a := newApp(t, bunDB)
	a.SignUp(t, "zoe")
	anna := a.LogIn(t, "anna", "pässwörd ✓")
	anna.Patch(t, "/api/v1/auth/me/", fields{"phone": "555-9", "birthdate": "1999-12-31"}).Want(t, http.StatusOK, "")
	anna.Post(t, "/api/v1/vendor-stores/", fields{"name": "Köln & Bonn", "metadata": fields{"n": 1.5}, "default_tax_rate": "7.00"}).
		Want(t, http.StatusCreated, "")
	anna.Post(t, "/api/v1/collectibles/", fields{
		"name": "Émile", "sku": "O-1", "quantity": 4, "price": "1234567.80", "store": 1,
		"card_details": fields{"psa_grade": "9.5", "release_date": "1999-01-09", "external_ids": `{"psa": "A-1"}`, "language": "English"},
	}).Want(t, http.StatusCreated, "")
	anna.Patch(t, "/api/v1/collectibles/1/", fields{"quantity": 1}).Want(t, http.StatusOK, "")
	for _, c := range []struct{ query, want string }{
		{"SELECT password LIKE 'pbkdf2_sha256$%$%$%=' FROM users_user WHERE username = 'zoe'", "true"},
		{"SELECT birthdate FROM users_user WHERE id = 1", "1999-12-31"},
		{
			"SELECT concat_ws(' ', slug, slug ~ '^[-a-zA-Z0-9_]+$', jsonb_typeof(metadata), metadata, default_tax_rate) FROM collectibles_store WHERE name LIKE 'K%'",
			`koln-bonn t object {"n": 1.5} 7.00`,
		},
		{
			"SELECT concat_ws(' ', quantity, price, intake_price, vendor_id, user_id, created_at <= updated_at) FROM collectibles_collectible WHERE sku = 'O-1'",
			"4 1234567.80 0.00 1 1 t",
		},
		{`SELECT concat_ws(' ', psa_grade, release_date, language, (external_ids::json)::text) FROM collectibles_carddetails WHERE collectible_id =
			(SELECT id FROM collectibles_collectible WHERE sku = 'O-1')`, `9.5 1999-01-09 English {"psa": "A-1"}`},
		{
			"SELECT concat_ws(' ', jsonb_typeof(metadata), delta, performed_by_id) FROM collectibles_stockledger WHERE collectible_id = 1 ORDER BY id DESC LIMIT 1",
			"object -2 1",
		},
	} {
		var got string
		if err := bunDB.NewRaw("SELECT x::text FROM ("+c.query+") AS q (x)").Scan(t.Context(), &got); err != nil || got != c.want {
			t.Errorf("%s = %s, %v, want %s", c.query, got, err, c.want)
		}
	}
	if invalid := lines(t, bunDB, "SELECT conname FROM pg_constraint WHERE NOT convalidated"); len(invalid) > 0 {
		t.Error(fmt.Sprint("constraints that do not hold: ", invalid))
	}
}
