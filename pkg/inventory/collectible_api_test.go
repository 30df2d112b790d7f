package inventory_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

// without returns the object less what differs from run to run.
func without(object map[string]any, names ...string) map[string]any {
	for _, name := range append(names, "id", "user", "vendor", "store", "created_at", "updated_at") {
		delete(object, name)
	}
	return object
}

func TestCollectible_createdWithEverything(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		body := alice.body("G-002", fmt.Sprintf(`"description": "d", "condition": "Near Mint", "category": "TCG",
			"image_url": "https://img.example/b.jpg", "quantity": "7", "intake_price": 12.5, "price": "350.5",
			"projected_price": "99999999.99", "user": 987654321, "vendor": %d,
			"card_details": {"psa_grade": "9.5", "condition": "Mint", "external_ids": "{\"tcg\": 1}",
				"last_estimated_at": "2025-11-30T12:00:00+02:00", "language": "English", "release_date": "1999-01-09",
				"print_run": "First", "market_region": "US", "notes": "n"},`, dave.Vendor))
		got := alice.Post(t, itemsPath, body).Object(t, http.StatusCreated)
		if fmt.Sprintf("%v %v", got["vendor"], got["store"]) != fmt.Sprintf("%d %d", alice.Vendor, alice.Store) {
			t.Errorf("vendor, store = %v, %v; want alice's", got["vendor"], got["store"])
		}
		want := map[string]any{
			"name": "item G-002", "sku": "G-002", "description": "d", "condition": "Near Mint", "category": "TCG",
			"image_url": "https://img.example/b.jpg", "quantity": "7", "intake_price": "12.50", "price": "350.50",
			"projected_price": "99999999.99", "images": "[]",
			"card_details": "map[condition:Mint external_ids:{\"tcg\": 1} language:English last_estimated_at:2025-11-30T10:00:00Z " +
				"market_region:US notes:n print_run:First psa_grade:9.5 release_date:1999-01-09]",
		}
		for name, value := range without(got) {
			if fmt.Sprint(value) != want[name] {
				t.Errorf("%s = %v, want %v", name, value, want[name])
			}
		}
	})
}

func TestCollectible_createdWithLittle(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		body := fmt.Sprintf(`{"name": "zebra", "sku": "G-001", "store": "%d", "card_details": {}}`, alice.Store)
		got := alice.Post(t, itemsPath, body)
		id := got.ID(t, http.StatusCreated)
		want := fmt.Sprintf(`{"id": %d, "user": 1, "vendor": %d, "store": %d, "name": "zebra", "sku": "G-001",
			"description": null, "condition": null, "category": null, "image_url": null, "quantity": 0,
			"intake_price": "0.00", "price": "0.00", "projected_price": "0.00", "card_details": null, "images": [],
			"created_at": %q, "updated_at": %[4]q}`, id, alice.Vendor, alice.Store, got.Object(t, http.StatusCreated)["created_at"])
		got.Want(t, http.StatusCreated, want)
		alice.Get(t, itemPath(id)).Want(t, http.StatusOK, want)
	})
}

func TestCollectible_createdByForm(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		form := fmt.Sprintf("name=form+item&sku=G-006&quantity=2&store=%d", alice.Store)
		got := alice.With("Content-Type", "application/x-www-form-urlencoded").Post(t, itemsPath, form).
			Object(t, http.StatusCreated)
		if got["name"] != "form item" || fmt.Sprint(got["quantity"]) != "2" {
			t.Errorf("item = %v", got)
		}
	})
}

func TestCollectible_badInput(t *testing.T) {
	long := strings.Repeat("x", 101)
	tests := []struct{ name, members, want string }{
		{
			"negatives", `"quantity": -1, "price": "-0.01", "intake_price": -5, "projected_price": "-1",`,
			`{"quantity": ["Quantity cannot be negative."], "intake_price": ["Intake price cannot be negative."],
			"price": ["Price cannot be negative."], "projected_price": ["Projected price cannot be negative."]}`,
		},
		{
			"decimals", `"price": "1.234", "intake_price": "abc", "projected_price": "123456789.00",`,
			`{"intake_price": ["A valid number is required."], "price": ["Ensure that there are no more than 2 decimal places."],
			"projected_price": ["Ensure that there are no more than 10 digits in total."]}`,
		},
		{
			"decimal specials", `"price": "NaN", "intake_price": "1e3", "projected_price": true,`,
			`{"price": ["A valid number is required."], "projected_price": ["A valid number is required."]}`,
		},
		{
			"null numbers", `"quantity": null, "price": null,`,
			`{"quantity": ["This field may not be null."], "price": ["This field may not be null."]}`,
		},
		{"no integer", `"quantity": "abc",`, `{"quantity": ["A valid integer is required."]}`},
		{"fraction", `"quantity": 1.5,`, `{"quantity": ["A valid integer is required."]}`},
		{"huge", `"quantity": 2147483648,`, `{"quantity": ["Ensure this value is less than or equal to 2147483647."]}`},
		{
			"wrong types", `"name": ["x"], "sku": {"a": 1}, "description": 5, "category": true,`,
			`{"name": ["Not a valid string."], "sku": ["Not a valid string."], "category": ["Not a valid string."]}`,
		},
		{
			"blank and long", `"name": "", "category": "` + long + `",`,
			`{"name": ["This field may not be blank."], "category": ["Ensure this field has no more than 100 characters."]}`,
		},
		{
			"null texts", `"name": null, "sku": null,`,
			`{"name": ["This field may not be null."], "sku": ["This field may not be null."]}`,
		},
		{"insecure image", `"image_url": "http://img.example/x.jpg",`, `{"image_url": ["Image URLs must use HTTPS."]}`},
		{"no image", `"image_url": "not a url",`, `{"image_url": ["Enter a valid URL."]}`},
		{"NUL", `"description": "a\u0000b",`, `{"description": ["Null characters are not allowed."]}`},
		{"half a pair", `"description": "a\ud800b",`, `{"description": ["Surrogate characters are not allowed: U+D800."]}`},
		{"null card", `"card_details": null,`, `{"card_details": ["This field may not be null."]}`},
		{
			"card no object", `"card_details": "x",`,
			`{"card_details": {"non_field_errors": ["Invalid data. Expected a dictionary, but got str."]}}`,
		},
		{
			"bad card", `"card_details": {"psa_grade": "123.45", "release_date": "x", "external_ids": {"a": 1},
			"last_estimated_at": "yesterday", "language": "` + long + `"},`,
			`{"card_details": {"psa_grade": ["Ensure that there are no more than 3 digits in total."],
			"external_ids": ["Not a valid string."], "language": ["Ensure this field has no more than 50 characters."],
			"last_estimated_at": ["Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."],
			"release_date": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}}`,
		},
		{
			"bad images", `"image_payloads": [{"url": "nope", "media_type": "video", "sort_order": -1}, {"url": "https://img.example/1.jpg"}],`,
			`{"image_payloads": [{"media_type": ["\"video\" is not a valid choice."], "url": ["Enter a valid URL."],
			"sort_order": ["Ensure this value is greater than or equal to 0."]}, {}]}`,
		},
		{
			"two primary images", `"image_payloads": [{"url": "https://a.example/1", "is_primary": true}, {"url": "https://a.example/2", "is_primary": true}],`,
			`{"image_payloads": ["Only one image can be the primary one."]}`,
		},
		{
			"two images in one place", `"image_payloads": [{"url": "https://a.example/1", "sort_order": 3}, {"url": "https://a.example/2", "sort_order": 3}],`,
			`{"image_payloads": ["The fields item, sort_order must make a unique set."]}`,
		},
		{"null store", `"store": null,`, `{"store": ["This field may not be null."]}`},
		{"store 0", `"store": 0,`, `{"store": ["Invalid pk \"0\" - object does not exist."]}`},
		{"store no number", `"store": "abc",`, `{"store": ["Incorrect type. Expected pk value, received str."]}`},
		{"store an object", `"store": {"id": 1},`, `{"store": ["Incorrect type. Expected pk value, received dict."]}`},
	}
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		id := alice.add(t, "OLD", "")
		before := alice.Get(t, itemPath(id))
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				alice.Post(t, itemsPath, alice.body("NEW", tt.members)).Want(t, http.StatusBadRequest, tt.want)
				alice.Patch(t, itemPath(id), "{"+tt.members+`"x": 0}`).Want(t, http.StatusBadRequest, tt.want)
			})
		}
		alice.Post(t, itemsPath, `{}`).Want(t, http.StatusBadRequest,
			`{"name": ["This field is required."], "sku": ["This field is required."]}`)
		alice.Post(t, itemsPath, `{"name": "x", "sku": "NEW"}`).Want(t, http.StatusBadRequest,
			`{"store": ["Store is required when the vendor refactor is enabled."]}`)
		alice.Put(t, itemPath(id), `{"sku": "OLD"}`).Want(t, http.StatusBadRequest, `{"name": ["This field is required."]}`)
		alice.Post(t, itemsPath, `[{"name": "x"}]`).Want(t, http.StatusBadRequest,
			`{"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]}`)
		alice.Post(t, itemsPath, `{'name': 1}`).Want(t, http.StatusBadRequest, "")
		alice.Post(t, itemsPath, "{\"name\": \"\xff\"}").Want(t, http.StatusBadRequest, "")

		if diff := cmp.Diff(string(before.Body), string(alice.Get(t, itemPath(id)).Body)); diff != "" {
			t.Errorf("a refused change left its mark:\n%s", diff)
		}
		if list := alice.Get(t, itemsPath).List(t); len(list) != 1 {
			t.Errorf("%d items, want the one from before", len(list))
		}
	})
}

func TestCollectible_skuTaken(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		alice.add(t, "S-1", "")
		other := alice.add(t, "S-2", "")
		const taken = `{"sku": ["Collectible Item with this sku already exists."]}`
		alice.Post(t, itemsPath, alice.body("S-1", "")).Want(t, http.StatusBadRequest, taken)
		dave.Post(t, itemsPath, dave.body("S-1", "")).Want(t, http.StatusBadRequest, taken)
		alice.Patch(t, itemPath(other), `{"sku": "S-1", "card_details": {"notes": "half"}}`).Want(t, http.StatusBadRequest, taken)
		alice.Patch(t, itemPath(other), `{"sku": "S-2"}`).Want(t, http.StatusOK, "")
		if got := alice.Get(t, itemPath(other)).Object(t, http.StatusOK); got["card_details"] != nil {
			t.Errorf("card details = %v: half of a refused change stayed", got["card_details"])
		}
	})
}

func TestCollectible_changed(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		id := alice.add(t, "Z", `"description": "d", "category": "TCG",`)
		tests := []struct{ name, body, want string }{
			{
				"numbers as text", `{"price": " 7.5 ", "intake_price": "1e1", "projected_price": "-0", "quantity": "5.0"}`,
				"quantity 5, prices 10.00 7.50 -0.00, d, <nil>, TCG",
			},
			{"trimmed", `{"condition": "  Mint  ", "category": "   "}`, "quantity 5, prices 10.00 7.50 0.00, d, Mint, "},
			{"nulls", `{"description": null, "category": null}`, "quantity 5, prices 10.00 7.50 0.00, <nil>, Mint, <nil>"},
			{"nothing", `{}`, "quantity 5, prices 10.00 7.50 0.00, <nil>, Mint, <nil>"},
			{
				"read-only and unknown", `{"id": 9, "created_at": "2000-01-01T00:00:00Z", "nope": 1}`,
				"quantity 5, prices 10.00 7.50 0.00, <nil>, Mint, <nil>",
			},
		}
		for _, tt := range tests {
			got := alice.Patch(t, itemPath(id), tt.body).Object(t, http.StatusOK)
			text := fmt.Sprintf("quantity %v, prices %v %v %v, %v, %v, %v", got["quantity"], got["intake_price"], got["price"],
				got["projected_price"], got["description"], got["condition"], got["category"])
			if text != tt.want {
				t.Errorf("%s: %s, want %s", tt.name, text, tt.want)
			}
		}
		put := alice.Put(t, itemPath(id), `{"name": "Zed", "sku": "Z"}`).Object(t, http.StatusOK)
		if put["name"] != "Zed" || put["condition"] != "Mint" {
			t.Errorf("put = %v, want the new name and the old condition", put)
		}
	})
}

func TestCollectible_cardDetailsChanged(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		with := alice.add(t, "A", `"card_details": {"language": "Japanese"},`)
		without := alice.add(t, "B", "")
		card := func(res *apptest.Response) string {
			details, ok := res.Object(t, http.StatusOK)["card_details"].(map[string]any)
			return fmt.Sprintf("%t %v %v %v", ok, details["language"], details["psa_grade"], details["last_estimated_at"])
		}
		tests := []struct {
			id         int64
			body, want string
		}{
			{
				with, `{"card_details": {"psa_grade": 10, "last_estimated_at": "2025-11-30 12:00:00.5"}}`,
				"true Japanese 10.0 2025-11-30T12:00:00.500000Z",
			},
			{with, `{"card_details": {}}`, "true Japanese 10.0 2025-11-30T12:00:00.500000Z"},
			{with, `{"card_details": {"psa_grade": null}}`, "true Japanese <nil> 2025-11-30T12:00:00.500000Z"},
			{without, `{"name": "still none"}`, "false <nil> <nil> <nil>"},
			{without, `{"card_details": {}}`, "true <nil> <nil> <nil>"},
			{without, `{"card_details": {"language": "German"}}`, "true German <nil> <nil>"},
		}
		for _, tt := range tests {
			if got := card(alice.Patch(t, itemPath(tt.id), tt.body)); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.body, got, tt.want)
			}
			if got := card(alice.Get(t, itemPath(tt.id))); got != tt.want {
				t.Errorf("%s: read again %s, want %s", tt.body, got, tt.want)
			}
		}
	})
}

func TestCollectible_imagesReplaced(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", `"image_payloads": [{"url": "https://i.example/2", "sort_order": 1},
			{"url": "https://i.example/3"}, {"url": "https://i.example/1", "sort_order": 0, "is_primary": true, "width": 800, "metadata": {"b": [1, null]}}],`)
		images := func(res *apptest.Response) (text string) {
			list, _ := res.Object(t, http.StatusOK)["images"].([]any)
			for _, entry := range list {
				image, _ := entry.(map[string]any)
				text += fmt.Sprintf("%v %v %v %v %v; ", image["url"], image["media_type"], image["sort_order"], image["width"], image["metadata"])
			}
			return text
		}
		const want = "https://i.example/1 primary 0 800 map[b:[1 <nil>]]; https://i.example/2 gallery 1 <nil> map[]; https://i.example/3 gallery 2 <nil> map[]; "
		if got := images(alice.Get(t, itemPath(id))); got != want {
			t.Errorf("images = %s\nwant     %s", got, want)
		}
		if got := images(alice.Patch(t, itemPath(id), `{"name": "same images"}`)); got != want {
			t.Errorf("after another change: %s", got)
		}
		const one = "https://i.example/9 gallery 0 <nil> map[]; "
		if got := images(alice.Patch(t, itemPath(id), `{"image_payloads": [{"url": "https://i.example/9"}]}`)); got != one {
			t.Errorf("replaced = %s, want %s", got, one)
		}
		if got := images(alice.Patch(t, itemPath(id), `{"image_payloads": []}`)); got != "" {
			t.Errorf("removed = %s, want none", got)
		}
	})
}
