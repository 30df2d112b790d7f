package inventory_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
)

const (
	importPath = "/api/v1/collectibles/import/"
	exportPath = "/api/v1/collectibles/export/"
)

// sendTable imports a table with further fields of the form, given in pairs.
func sendTable(t testing.TB, c apptest.Client, table string, fields ...string) *apptest.Response {
	t.Helper()
	parts := []apptest.Part{{Name: "file", FileName: "stock.csv", Content: []byte(table)}}
	for i := 0; i < len(fields); i += 2 {
		parts = append(parts, apptest.Part{Name: fields[i], Content: []byte(fields[i+1])})
	}
	return c.Upload(t, importPath, parts...)
}

// importTable is sendTable, and returns what was created, changed, left alone and not taken, and what was wrong.
func importTable(t testing.TB, c apptest.Client, table string, fields ...string) (counts string, problems []string) {
	t.Helper()
	report := sendTable(t, c, table, fields...).Object(t, http.StatusOK)
	list, _ := report["errors"].([]any)
	for _, one := range list {
		problem, _ := one.(map[string]any)
		problems = append(problems, fmt.Sprint(problem["row"], " ", problem["column"], ": ", problem["reason"]))
	}
	return fmt.Sprintf("%v %v %v %v", report["created"], report["changed"], report["unchanged"], report["failed"]), problems
}

func wantImport(t testing.TB, c apptest.Client, table, counts string, problems ...string) {
	t.Helper()
	got, wrong := importTable(t, c, table)
	if got != counts {
		t.Errorf("created, changed, left alone, failed: %s, want %s", got, counts)
	}
	if diff := cmp.Diff(problems, wrong); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// itemBySKU is one of the client's items.
func itemBySKU(t testing.TB, c apptest.Client, sku string) map[string]any {
	t.Helper()
	for _, item := range c.Get(t, itemsPath).List(t) {
		if item["sku"] == sku {
			return item
		}
	}
	t.Fatalf("no item %s", sku)
	return nil
}

// ledgerOf lists the entries for an item, by age.
func ledgerOf(t testing.TB, a *apptest.App, sku string) (entries []string) {
	t.Helper()
	err := a.DB.NewRaw(`SELECT sl.reason || ' ' || sl.delta || ' ' || coalesce(sl.performed_by_id > 0, false) FROM collectibles_stockledger AS sl
		JOIN collectibles_collectible AS c ON c.id = sl.collectible_id WHERE c.sku = ? ORDER BY sl.id`, sku).Scan(t.Context(), &entries)
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		entries[i] = strings.NewReplacer(" true", " 1", " false", " 0").Replace(entries[i])
	}
	return entries
}

const cardTable = "Title;Stock Keeping Unit;QTY;Price;cost;Grade;Released;Colour\n" +
	"Dragon;D-1;3;12.50;4;9.5;1999-01-09;red\nPokémon;D-2;;;;;;blue\n"

func TestImport_createsAndChangesBySKU(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		wantImport(t, alice.Client, cardTable, "2 0 0 0")
		item := itemBySKU(t, alice.Client, "D-1")
		card, _ := item["card_details"].(map[string]any)
		got := fmt.Sprintln(item["name"], item["quantity"], item["price"], item["intake_price"], item["store"], card["psa_grade"], card["release_date"])
		if want := fmt.Sprintln("Dragon", 3, "12.50", "4.00", alice.Store, "9.5", "1999-01-09"); got != want {
			t.Errorf("item = %s, want %s", got, want)
		}
		if item := itemBySKU(t, alice.Client, "D-2"); item["card_details"] != nil || item["description"] != nil {
			t.Errorf("an item without card details and description: %v", item)
		}
		before := alice.Get(t, itemsPath).Body
		wantImport(t, alice.Client, cardTable, "0 0 2 0")
		if after := alice.Get(t, itemsPath).Body; !bytes.Equal(before, after) {
			t.Errorf("to import the same again changed\n%s\nto\n%s", before, after)
		}

		wantImport(t, alice.Client, "sku,quantity,psa_grade\nD-1,5,\nD-2,0,8\n", "0 2 0 0")
		item = itemBySKU(t, alice.Client, "D-1")
		card, _ = item["card_details"].(map[string]any)
		if got := fmt.Sprintln(item["name"], item["quantity"], card["psa_grade"], card["release_date"]); got != "Dragon 5 <nil> 1999-01-09\n" {
			t.Errorf("changed item = %s", got)
		}
		for sku, want := range map[string][]string{"D-1": {"intake 3 1", "adjustment 2 1"}, "D-2": nil} {
			if diff := cmp.Diff(want, ledgerOf(t, a, sku)); diff != "" {
				t.Errorf("ledger of %s (-want +got):\n%s", sku, diff)
			}
		}
	})
}

func TestImport_badRowsAreNamedAndTheOthersTaken(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		dave.add(t, "DAVES", "")
		table := "sku,name,quantity,price,store,release_date,psa_grade,image_url\n" +
			"A,Good,1,1,,,,\n" +
			"A,Twice,1,1,,,,\n" +
			",None,1,1,,,,\n" +
			"B,,1,1,,,,\n" +
			"C,Wrong,-1,one,,,,http://x.example/1\n" +
			"D,Wrong,1,1,,9.1.1999,x,\n" +
			"DAVES,Foreign,7,1,,,,\n" +
			"E,Store,1,1,nowhere,,,\n" +
			"F,Ragged\n" +
			"G\"H,Quote,1,1,,,,\n" +
			strings.Repeat("x", 51) + ",Long,1,1,,,,\n" +
			"Z,Good,1,1,DEFAULT-STORE,,,\n"
		report := sendTable(t, alice.Client, table).Object(t, http.StatusOK)
		mended, _ := report["errors_csv"].(string)
		wantImport(t, alice.Client, table, "0 0 2 10",
			"3 sku: This SKU stands in row 2 already.",
			"4 sku: This field may not be blank.",
			"5 name: This field may not be blank.",
			"6 quantity: Quantity cannot be negative.",
			"6 price: A valid number is required.",
			"6 image_url: Image URLs must use HTTPS.",
			"7 release_date: Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
			"7 psa_grade: A valid number is required.",
			"8 sku: Collectible Item with this sku already exists.",
			"9 store: No store is called so.",
			"10 : it has 2 cells, the header has 8",
			"11 : line 11: a quote in it is not closed, or not doubled",
			"12 sku: Ensure this field has no more than 50 characters.")
		if got := itemBySKU(t, dave.Client, "DAVES"); got["name"] != "item DAVES" || fmt.Sprint(got["quantity"]) != "1" {
			t.Errorf("another vendor's item became %v", got)
		}

		// What was wrong is mended in the table that came back.
		for old, mend := range map[string]string{
			",,None": ",N,None", "B,,1": "B,b,1", ",'-1,one": ",1,1", "http://": "https://", "9.1.1999,x": "1999-01-09,9", "DAVES": "MINE", "nowhere": "", "F,Ragged": "F,Ragged,1,1,,,,",
			"A,Twice": "A2,Twice", strings.Repeat("x", 51): "LONG",
		} {
			if !strings.Contains(mended, old) {
				t.Errorf("the table of errors lacks %q:\n%s", old, mended)
			}
			mended = strings.ReplaceAll(mended, old, mend)
		}
		counts, problems := importTable(t, alice.Client, mended)
		if counts != "9 0 0 1" { // the row that could not be read has no cells
			t.Errorf("mended: %s, %q\n%s", counts, problems, mended)
		}
	})
}

func TestImport_dryRunAndAtomicWriteNothing(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		alice.add(t, "D-1", "")
		before := alice.Get(t, itemsPath).Body
		report := sendTable(t, alice.Client, cardTable, "dry_run", "true", "save_mapping", "mine").Object(t, http.StatusOK)
		if got := fmt.Sprintln(report["created"], report["changed"], report["dry_run"]); got != "1 1 true\n" {
			t.Errorf("dry run: %s", got)
		}
		rows, _ := report["rows"].([]any)
		first, _ := rows[0].(map[string]any)
		changes, _ := first["changes"].([]any)
		if got := fmt.Sprintln(first["action"], first["sku"], changes[0]); got != "change D-1 map[after:Dragon before:item D-1 column:name]\n" || len(rows) != 2 {
			t.Errorf("rows of the dry run: %v", rows)
		}
		const half = "sku,name,quantity\nA,Good,1\nB,Bad,-1\n"
		if counts, problems := importTable(t, alice.Client, half, "atomic", "true"); counts != "0 0 0 1" || len(problems) != 1 {
			t.Errorf("atomic: %s, %q", counts, problems)
		}
		if after := alice.Get(t, itemsPath).Body; !bytes.Equal(before, after) {
			t.Errorf("it changed\n%s\nto\n%s", before, after)
		}
		sendTable(t, alice.Client, cardTable, "mapping", "mine").Want(t, http.StatusBadRequest, "")
		if counts, _ := importTable(t, alice.Client, "sku,name\nA,Good\nB,Good\n", "atomic", "true"); counts != "2 0 0 0" {
			t.Errorf("atomic and good: %s", counts)
		}
	})
}

func TestImport_mappingsAreTheVendors(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		const table = "Art.Nr.,Wert,Was\n%s,2.50,Dragon\n"
		sendTable(t, alice.Client, fmt.Sprintf(table, "A")).Want(t, http.StatusBadRequest, "")
		const columns = `{"Art.Nr.": "sku", "Wert": "price", "Was": "name"}`
		if counts, problems := importTable(t, alice.Client, fmt.Sprintf(table, "A"), "columns", columns, "save_mapping", "supplier"); counts != "1 0 0 0" {
			t.Errorf("by columns: %s %q", counts, problems)
		}
		if counts, problems := importTable(t, alice.Client, fmt.Sprintf(table, "B"), "mapping", "supplier"); counts != "1 0 0 0" {
			t.Errorf("by the saved mapping: %s %q", counts, problems)
		}
		if counts, _ := importTable(t, alice.Client, fmt.Sprintf(table, "B"), "mapping", "supplier", "columns", `{"Wert": "", "Was": "description"}`); counts != "0 1 0 0" {
			t.Errorf("over the saved mapping: %s", counts)
		}
		sendTable(t, dave.Client, fmt.Sprintf(table, "C"), "mapping", "supplier").
			Want(t, http.StatusBadRequest, `{"mapping": ["No mapping is called \"supplier\"; saved are: none."]}`)
		for _, wrong := range []string{`{"Art.Nr.": "id"}`, `{"Nr.": "sku"}`, `{"Art.Nr.": "sku", "Was": "sku"}`, `[1]`, `{"Art.Nr.": 1}`} {
			sendTable(t, alice.Client, fmt.Sprintf(table, "D"), "columns", wrong).Want(t, http.StatusBadRequest, "")
		}
		sendTable(t, alice.Client, "sku,price,price\nA,1,2\n").Want(t, http.StatusBadRequest, `{"detail": "two columns of the table are called \"price\""}`)
	})
}

func TestImport_onlyWhereTheActorMayWrite(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		annex := alice.OpenStore(t, "Annex")
		alice.add(t, "MAIN", "")
		clerk := alice.Employ(t, "clerk", "staff")
		const table = "sku,name,store\nMAIN,Changed,\nNEW,New,annex\nOTHER,Other,default-store\n"
		sendTable(t, clerk.Client, table).Want(t, http.StatusForbidden, "")
		access := alice.Grant(t, annex, clerk.Member, "view_only")
		sendTable(t, clerk.Client, table).Want(t, http.StatusForbidden, "")
		alice.Patch(t, at(accessesPath, access), map[string]any{"role": "sales"}).Want(t, http.StatusOK, "")
		wantImport(t, clerk.Client, table, "1 0 0 2", "2 sku: You do not have access to that store.", "4 store: You do not have access to that store.")
		wantImport(t, clerk.Client, "sku,store\nNEW,default-store\n", "0 0 0 1", "2 store: You do not have access to that store.")
		wantImport(t, alice.Client, "sku,name\nWHERE,Item\n", "0 0 0 1", "2 store: In which store? Name one in the row, or one for all such rows.")
		if counts, problems := importTable(t, alice.Client, "sku,name\nWHERE,Item\n", "store", fmt.Sprint(annex)); counts != "1 0 0 0" {
			t.Errorf("with a store: %s %q", counts, problems)
		}
		sendTable(t, alice.Client, "sku,name\nX,Item\n", "store", fmt.Sprint(dave.Store)).
			Want(t, http.StatusBadRequest, fmt.Sprintf(`{"store": ["Invalid pk \"%d\" - object does not exist."]}`, dave.Store))
		sendTable(t, a.SignUp(t, "stranger"), table).Want(t, http.StatusForbidden, "")
		a.Upload(t, importPath, apptest.File([]byte(table))).Want(t, http.StatusUnauthorized, "")

		// A way from one store to another is a transfer.
		wantImport(t, alice.Client, "sku,store\nMAIN,annex\n", "0 1 0 0")
		if diff := cmp.Diff([]string{"intake 1 1", "transfer 1 1"}, ledgerOf(t, a, "MAIN")); diff != "" {
			t.Errorf("ledger (-want +got):\n%s", diff)
		}
	})
}

func TestImport_whatIsNoTable(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		for file, want := range map[string]string{
			"":                  `{"file": ["The submitted file is empty."]}`,
			"\n":                `{"detail": "the file is empty"}`,
			"name,price\nA,1\n": "",
			"PK\x03\x04":        "",
			"a\x00b":            "",
		} {
			sendTable(t, alice.Client, file).Want(t, http.StatusBadRequest, want)
		}
		wantImport(t, alice.Client, "sku,name\n", "0 0 0 0")
		sendTable(t, alice.Client, "sku\n", "delimiter", "x", "encoding", "y", "from_row", "0").Want(t, http.StatusBadRequest,
			`{"delimiter": ["\"x\" is not a valid choice."], "encoding": ["\"y\" is not a valid choice."], "from_row": ["Ensure this value is greater than or equal to 1."]}`)
		sendTable(t, alice.Client, "sku,name\nA,"+strings.Repeat("x", 2<<20)+"\n").Want(t, http.StatusBadRequest, "") // one row
		large := "sku,name,description\nA,Large,\n" + strings.Repeat(",,\n", 1<<20)
		wantImport(t, alice.Client, large, "1 0 0 0") // larger than other requests may be
		sendTable(t, alice.Client, large+strings.Repeat("\n", 6<<20)).Want(t, http.StatusRequestEntityTooLarge, "")
		const again = "sku,name\nK,Key\n"
		withKey := alice.With("Idempotency-Key", "one")
		wantImport(t, withKey, again, "1 0 0 0")
		wantImport(t, alice.With("Idempotency-Key", "two"), large, "0 0 1 0")
	})
}

func TestExport_isTheVendorsAndComesBack(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, dave shop) {
		dave.add(t, "DAVES", "")
		annex := alice.OpenStore(t, "Annex")
		alice.add(t, "A", `"name": "=1+1", "description": "two\r\nlines", "card_details": {"notes": "'tis; \"quoted\""},`)
		alice.add(t, "B", fmt.Sprintf(`"store": %d,`, annex))
		res := alice.Get(t, exportPath+"?columns=sku,name,description,store,notes")
		const want = "sku,name,description,store,notes\nA,'=1+1,\"two\r\nlines\",default-store,\"'tis; \"\"quoted\"\"\"\nB,item B,,annex,\n"
		if got := string(res.Body); got != want || res.Header.Get("Content-Type") != "text/csv; charset=utf-8" ||
			res.Header.Get("Content-Disposition") != "attachment; filename=collectibles.csv" {
			t.Errorf("export = %q %v", got, res.Header)
		}
		if got := string(alice.Get(t, fmt.Sprintf("%s?columns=sku&store=%d", exportPath, annex)).Body); got != "sku\nB\n" {
			t.Errorf("of one store: %q", got)
		}
		for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
			wantImport(t, alice.Client, string(alice.Get(t, exportPath+"?format="+string(format)).Body), "0 0 2 0")
		}
		alice.Get(t, exportPath+"?columns=sku,id&format=pdf").Want(t, http.StatusBadRequest, "")
		alice.Get(t, exportPath+"?columns=id").Want(t, http.StatusBadRequest, "")
		a.Get(t, exportPath).Want(t, http.StatusUnauthorized, "")
		if got := string(a.SignUp(t, "stranger").Get(t, exportPath+"?columns=sku").Body); got != "sku\n" {
			t.Errorf("for a stranger: %q", got)
		}
	})
}
