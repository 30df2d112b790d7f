package inventory_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// addEverybodys adds rows without a vendor, which have these ids.
func addEverybodys(t testing.TB, bunDB *bun.DB) {
	t.Helper()
	row := func(id int64, slug string) catalog.Row { return catalog.Row{ID: id, Slug: slug, Name: "The " + slug} }
	for _, rows := range []any{
		&[]*catalog.Axis{{Row: row(901, "language"), Position: 2}, {Row: row(902, "condition"), Position: 1}},
		&[]*catalog.Value{{Row: row(911, "en"), AxisID: 901}, {Row: row(912, "ja"), AxisID: 901}, {Row: row(913, "nm"), AxisID: 902}},
		&[]*catalog.Set{{Row: row(921, "base"), Game: "g"}},
		&[]*catalog.Product{{Row: row(931, "box"), Game: "g", Kind: "k"}},
	} {
		if _, err := bunDB.NewInsert().Model(rows).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func eachWithCatalog(t *testing.T, fn func(t *testing.T, a *apptest.App, alice, dave shop)) {
	t.Helper()
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		addEverybodys(t, a.DB)
		fn(t, a, alice, dave)
	})
}

func variantPath(item int64) string { return itemPath(item) + "attributes/" }

const (
	japanese = `{"axis":901,"axis_slug":"language","axis_name":"The language","value":912,"value_slug":"ja","value_name":"The ja"}`
	nearMint = `{"axis":902,"axis_slug":"condition","axis_name":"The condition","value":913,"value_slug":"nm","value_name":"The nm"}`
)

func TestVariant_setAndReplaced(t *testing.T) {
	eachWithCatalog(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		before := alice.Get(t, itemPath(item)).Body
		want := func(res *apptest.Response, attributes, rest string) {
			t.Helper()
			res.Want(t, http.StatusOK, fmt.Sprintf(`{"item":%d,"attributes":[%s],%s}`, item, attributes, rest))
		}
		const nothing = `"product":null,"product_name":null,"set":null,"set_name":null`
		const both = `"product":931,"product_name":"The box","set":921,"set_name":"The base"`
		want(alice.Get(t, variantPath(item)), "", nothing)
		want(alice.Put(t, variantPath(item), `{"attributes": [{"axis": 901, "value": 912}, {"axis": 902, "value": 913}], "product": 931, "set": 921}`),
			nearMint+","+japanese, both)
		want(alice.Get(t, variantPath(item)), nearMint+","+japanese, both)
		want(alice.Put(t, variantPath(item), `{}`), nearMint+","+japanese, both)
		want(alice.Put(t, variantPath(item), `{"attributes": [{"axis": 901, "value": 912}], "product": null}`),
			japanese, `"product":null,"product_name":null,"set":921,"set_name":"The base"`)
		want(alice.Put(t, variantPath(item), `{"attributes": [], "set": null}`), "", nothing)
		if after := alice.Get(t, itemPath(item)).Body; string(after) != string(before) {
			t.Errorf("the item has become %s, want %s", after, before)
		}
	})
}

func TestVariant_badInput(t *testing.T) {
	eachWithCatalog(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		item := alice.add(t, "A", "")
		alice.Put(t, variantPath(item), `{"attributes": [{"axis": 901, "value": 912}], "set": 921}`).Want(t, http.StatusOK, "")
		theirs := dave.Post(t, "/api/v1/reference/values/", `{"slug": "fr", "name": "French", "axis": 901}`).ID(t, http.StatusCreated)
		theirSet := dave.Post(t, "/api/v1/reference/sets/", `{"slug": "mine", "name": "Mine", "game": "g"}`).ID(t, http.StatusCreated)
		unknown := func(id int64) string { return fmt.Sprintf(`["Invalid pk \"%d\" - object does not exist."]`, id) }
		for body, want := range map[string]string{
			`{"attributes": [{"axis": 999, "value": 911}]}`:                              `{"attributes":[{"value":["This value is of another axis."]}]}`,
			`{"attributes": [{"axis": 902, "value": 911}]}`:                              `{"attributes":[{"value":["This value is of another axis."]}]}`,
			`{"attributes": [{"axis": 901, "value": 911}, {"axis": 901, "value": 912}]}`: `{"attributes":[{},{"axis":["An item has one value on an axis."]}]}`,
			`{"attributes": [{"axis": 901, "value": 4711}]}`:                             `{"attributes":[{"value":` + unknown(4711) + `}]}`,
			fmt.Sprintf(`{"attributes": [{"axis": 901, "value": %d}]}`, theirs):          `{"attributes":[{"value":` + unknown(theirs) + `}]}`,
			`{"attributes": [{"axis": 901}]}`:                                            `{"attributes":[{"value":["This field is required."]}]}`,
			`{"attributes": null}`:                                                       `{"attributes":["This field may not be null."]}`,
			`{"attributes": "x"}`:                                                        "",
			fmt.Sprintf(`{"set": %d, "product": 4711}`, theirSet):                        `{"product":` + unknown(4711) + `,"set":` + unknown(theirSet) + `}`,
			`{"attributes": [], "set": 4711}`:                                            `{"set":` + unknown(4711) + `}`,
			`{"attributes":`:                                                             "",
		} {
			alice.Put(t, variantPath(item), body).Want(t, http.StatusBadRequest, want)
		}
		alice.Get(t, variantPath(item)).Want(t, http.StatusOK,
			fmt.Sprintf(`{"item":%d,"attributes":[%s],"product":null,"product_name":null,"set":921,"set_name":"The base"}`, item, japanese))
	})
}

func TestVariant_accessIsTheItems(t *testing.T) {
	eachWithCatalog(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		item := alice.add(t, "A", "")
		body := `{"attributes": [{"axis": 901, "value": 912}]}`
		dave.Get(t, variantPath(item)).Want(t, http.StatusNotFound, "")
		dave.Put(t, variantPath(item), body).Want(t, http.StatusNotFound, "")
		clerk := alice.Employ(t, "clerk", "staff")
		clerk.Get(t, variantPath(item)).Want(t, http.StatusForbidden, "")
		access := alice.Grant(t, alice.Store, clerk.Member, "view_only")
		clerk.Get(t, variantPath(item)).Want(t, http.StatusOK, "")
		clerk.Put(t, variantPath(item), body).Want(t, http.StatusForbidden, `{"detail":"You do not have access to that store."}`)
		alice.Patch(t, fmt.Sprintf("/api/v1/vendor-store-access/%d/", access), map[string]any{"role": "sales"}).Want(t, http.StatusOK, "")
		clerk.Put(t, variantPath(item), body).Want(t, http.StatusOK, "")
	})
}

func TestVariant_precondition(t *testing.T) {
	eachWithCatalog(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		tag := alice.Get(t, variantPath(item)).Header.Get("ETag")
		alice.With("If-Match", tag).Put(t, variantPath(item), `{"set": 921}`).Want(t, http.StatusOK, "")
		alice.With("If-Match", tag).Put(t, variantPath(item), `{"set": null}`).Want(t, http.StatusPreconditionFailed, "")
	})
}

// TestVariant_keepsWhatItNames: a value in use is not deleted, whoever comes first.
func TestVariant_keepsWhatItNames(t *testing.T) {
	eachWithCatalog(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		item := alice.add(t, "A", "")
		for i := range 8 {
			value := alice.Post(t, "/api/v1/reference/values/", fmt.Sprintf(`{"slug": "v-%d", "name": "V", "axis": 901}`, i)).ID(t, http.StatusCreated)
			var put, deleted *apptest.Response
			var group sync.WaitGroup
			group.Go(func() {
				put = alice.Put(t, variantPath(item), fmt.Sprintf(`{"attributes": [{"axis": 901, "value": %d}]}`, value))
			})
			group.Go(func() { deleted = alice.Delete(t, fmt.Sprintf("/api/v1/reference/values/%d/", value)) })
			group.Wait()
			switch got := [2]int{put.Status, deleted.Status}; got {
			case [2]int{http.StatusOK, http.StatusConflict}, [2]int{http.StatusBadRequest, http.StatusNoContent}:
			default:
				t.Errorf("set and delete: %v, want that one of them is refused: %s %s", got, put.Body, deleted.Body)
			}
		}
	})
}

func countVariants(t *testing.T, idb bun.IDB) (n int) {
	t.Helper()
	err := idb.NewRaw("SELECT (SELECT count(*) FROM omnistock_item_attribute) + (SELECT count(*) FROM omnistock_item_reference)").Scan(t.Context(), &n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestVariant_goesWithItsItem(t *testing.T) {
	eachWithCatalog(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		item, other := alice.add(t, "A", ""), alice.add(t, "B", "")
		for _, id := range []int64{item, other} {
			alice.Put(t, variantPath(id), `{"attributes": [{"axis": 901, "value": 912}], "set": 921}`).Want(t, http.StatusOK, "")
		}
		alice.Delete(t, itemPath(item)).Want(t, http.StatusNoContent, "")
		if n := countVariants(t, a.DB); n != 2 {
			t.Errorf("%d rows, want those of the other item", n)
		}
	})
}

// TestVariant_djangoMayDelete does what Django does, as a role that may do nothing with our tables.
func TestVariant_djangoMayDelete(t *testing.T) {
	cases := []struct {
		name, sql string // {alice} and {dave} are vendors
		left      int    // rows of ours
	}{
		{"an item", "DELETE FROM collectibles_stockledger; DELETE FROM collectibles_collectible WHERE sku = 'A'", 2},
		{
			"a vendor whose item stays", `UPDATE collectibles_collectible SET vendor_id = NULL WHERE vendor_id = {alice};
			UPDATE collectibles_store SET vendor_id = {dave}, slug = 'orphan' WHERE vendor_id = {alice};
			UPDATE collectibles_userprofile SET vendor_id = NULL WHERE vendor_id = {alice};
			DELETE FROM collectibles_vendormember WHERE vendor_id = {alice};
			DELETE FROM collectibles_vendor WHERE id = {alice}`, 3,
		},
		{
			"flush", `TRUNCATE collectibles_collectible, collectibles_carddetails, collectibles_inventorymedia, collectibles_stockledger,
			collectibles_store, collectibles_storeaccess, collectibles_userprofile, collectibles_vendor, collectibles_vendormember RESTART IDENTITY`, 0,
		},
	}
	eachWithCatalog(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		if !db.IsPostgres(a.DB) {
			t.Skip("Django has no part in the embedded database")
		}
		set := alice.Post(t, "/api/v1/reference/sets/", `{"slug": "mine", "name": "Mine", "game": "g"}`).ID(t, http.StatusCreated)
		alice.Put(t, variantPath(alice.add(t, "A", "")), fmt.Sprintf(`{"attributes": [{"axis": 901, "value": 912}], "set": %d}`, set)).Want(t, http.StatusOK, "")
		dave.Put(t, variantPath(dave.add(t, "B", "")), `{"attributes": [{"axis": 901, "value": 912}], "set": 921}`).Want(t, http.StatusOK, "")
		ids := strings.NewReplacer("{alice}", fmt.Sprint(alice.Vendor), "{dave}", fmt.Sprint(dave.Vendor))
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				tx := asDjango(t, a.DB)
				mustExecIn(t, tx, ids.Replace(c.sql))
				mustExecIn(t, tx, "RESET ROLE; SET CONSTRAINTS ALL IMMEDIATE")
				if n := countVariants(t, tx); n != c.left {
					t.Errorf("%d rows, want %d", n, c.left)
				}
			})
		}
	})
}

// asDjango begins a transaction, which does not last, as the owner of Django's tables and of nothing else.
func asDjango(t *testing.T, bunDB *bun.DB) bun.Tx {
	t.Helper()
	tx, err := bunDB.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() }) // that is the point
	role := fmt.Sprintf("django_%d", time.Now().UnixNano())
	mustExecIn(t, tx, "CREATE ROLE "+role+"; GRANT ALL ON SCHEMA public TO "+role)
	mustExecIn(t, tx, `DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'collectibles\_%' LOOP
		EXECUTE format('ALTER TABLE %I OWNER TO `+role+`', t); END LOOP; END $$`)
	mustExecIn(t, tx, "SET LOCAL ROLE "+role)
	return tx
}

func mustExecIn(t *testing.T, idb bun.IDB, query string) {
	t.Helper()
	if _, err := idb.ExecContext(t.Context(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
