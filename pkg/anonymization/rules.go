package anonymization

// id stands, in a replacement, for the row's id, or for the column by of it.
const id = "{id}"

// A column is what a table's column is replaced by. Null stays null and, unless the column is unique, empty text empty.
type column struct {
	name   string
	value  string
	by     string   // the column that holds the id of the row, of another table, whose value this is a copy of
	unique bool     // of the whole table, or together with others
	noText bool     // a document or a date, which has no empty value
	keep   []string // values that stay, since they are words of the program
}

// A table is the columns of a table that are replaced.
type table struct {
	name    string
	columns []column
}

// unusable is the hash of accounts that nobody logs in to: that of no password starts with !.
const unusable = "!anonymized"

// certificate is that of a serial unit, and of the copy that a sale keeps of it.
const certificate = "CERT-" + id

// username is replaced on demand: who tests wants to log in.
var username = column{name: "username", value: "user-" + id, unique: true}

// replaced are the columns that tell who somebody is, or may, since people write into them what they like.
var replaced = []table{
	{"users_user", []column{
		{name: "password", value: unusable}, // unless there is one for all
		{name: "first_name", value: "User"},
		{name: "last_name", value: id},
		{name: "email", value: "user-" + id + "@example.invalid", unique: true},
		{name: "birthdate", value: "1990-01-01", noText: true},
		{name: "company_code", value: "C-" + id},
		{name: "company_name", value: "Company " + id},
		{name: "company_site", value: "https://company-" + id + ".example.invalid"},
		{name: "phone_number", value: "+1555"},
	}},
	{"users_usermedia", []column{
		{name: "url", value: "https://media.example.invalid/user-media-" + id},
		{name: "metadata", value: "{}", noText: true},
	}},
	{"collectibles_userprofile", []column{
		{name: "phone", value: "+1555"},
		{name: "bio", value: "About user profile " + id},
		{name: "metadata", value: "{}"},
		{name: "profile_picture", value: "https://media.example.invalid/profile-" + id},
	}},
	{"collectibles_vendor", []column{
		{name: "name", value: "Vendor " + id},
		{name: "slug", value: "vendor-" + id, unique: true},
		{name: "description", value: "About vendor " + id},
		{name: "contact_info", value: "vendor-" + id + "@example.invalid"},
	}},
	{"collectibles_store", []column{
		{name: "name", value: "Store " + id},
		{name: "slug", value: "store-" + id, unique: true},
		{name: "description", value: "About store " + id},
		{name: "address", value: id + " Example Street"},
		{name: "metadata", value: "{}", noText: true},
		{name: "logo_url", value: "https://media.example.invalid/logo-" + id},
		{name: "banner_url", value: "https://media.example.invalid/banner-" + id},
	}},
	{"collectibles_vendormember", []column{
		{name: "title", value: "Member " + id},
		{name: "invite_code", value: "invite-" + id},
		{name: "metadata", value: "{}", noText: true},
	}},
	{"collectibles_carddetails", []column{
		{name: "notes", value: "Notes " + id},
	}},
	{"collectibles_stockledger", []column{
		{name: "reason", value: "other", keep: []string{"intake", "adjustment", "transfer", "returned"}},
		{name: "metadata", value: "{}", noText: true},
	}},
	{"omnistock_stock_movement", []column{
		{name: "reason", value: "other", keep: []string{"deleted", "created", "moved"}},
		{name: "reference", value: "reference-" + id},
		{name: "client_key", value: "key-" + id},
	}},
	{"omnistock_transfer", []column{
		{name: "note", value: "Note " + id},
		{name: "client_key", value: "key-" + id},
	}},
	{"omnistock_reservation", []column{
		{name: "reference", value: "reference-" + id},
		{name: "client_key", value: "key-" + id},
	}},
	{"omnistock_acquisition", []column{
		{name: "supplier", value: "Supplier " + id},
		{name: "reference", value: "reference-" + id},
		{name: "client_key", value: "key-" + id},
	}},
	{"omnistock_repack", []column{
		{name: "note", value: "Note " + id},
		{name: "client_key", value: "key-" + id},
	}},
	{"omnistock_sale", []column{
		{name: "note", value: "Note " + id},
		{name: "client_key", value: "key-" + id},
		{name: "fingerprint", value: ""},
	}},
	{"omnistock_sale_line_serial", []column{
		{name: "certificate", value: certificate, by: "unit_id"},
	}},
	{"omnistock_serial_unit", []column{
		{name: "certificate", value: certificate, unique: true},
		{name: "position", value: "Position " + id},
	}},
	{"omnistock_stocktake", []column{
		{name: "note", value: "Note " + id},
		{name: "client_key", value: "key-" + id},
	}},
	{"omnistock_stocktake_scan", []column{
		{name: "client_key", value: "key-" + id},
	}},
	{"django_admin_log", []column{
		{name: "object_repr", value: "Object"},
		{name: "change_message", value: ""},
	}},
}

// emptied are the tables whose rows are deleted, in this order: who has one can do something with it, and nobody misses
// it. One that Django alone has may be missing.
var emptied = []string{
	"token_blacklist_blacklistedtoken", "token_blacklist_outstandingtoken", "omnistock_idempotencykey", "django_session",
	"omnistock_stock_cost", "omnistock_stock_costed", "omnistock_stock_costing", "omnistock_stock_day", "omnistock_stock_lot", // worked out anew
}

// An amount is a column of money, and which share, in tenths, of a price drawn by the row's id it gets.
type amount struct {
	name   string
	tenths int64
}

// prices are replaced on demand.
var prices = []money{
	{"collectibles_collectible", []amount{{"intake_price", 6}, {"price", 10}, {"projected_price", 12}}},
	{"omnistock_stock_movement", []amount{{"unit_cost", 6}, {"unit_price", 10}}},
	{"omnistock_acquisition", []amount{{"cost", 6}}},
	{"omnistock_acquisition_line", []amount{{"weight", 10}, {"cost", 6}}},
	{"omnistock_repack", []amount{{"cost", 6}}},
	{"omnistock_repack_line", []amount{{"weight", 10}, {"cost", 6}}},
	{"omnistock_price_observation", []amount{{"amount", 10}}},
	{"omnistock_serial_unit", []amount{{"unit_cost", 6}}},
	{"omnistock_stocktake_line", []amount{{"unit_cost", 6}}},
	{"omnistock_sale", free("subtotal", "discount", "tax", "total", "tendered", "change_due")},
	{"omnistock_sale_line", free("unit_price", "discount", "tax", "total")},
	{"omnistock_sale_tender", free("amount")},
}

// free are amounts that become 0, because they have to add up.
func free(columns ...string) (amounts []amount) {
	for _, name := range columns {
		amounts = append(amounts, amount{name, 0})
	}
	return amounts
}

// harmless are the columns, by table, that could hold text about somebody by their type, and do not by their meaning: words
// of the program, and what is for sale, which everybody may see.
var harmless = map[string][]string{
	"auth_group":                  {"name"},
	"auth_permission":             {"name", "codename"},
	"collectibles_carddetails":    {"condition", "external_ids", "language", "release_date", "print_run", "market_region"},
	"collectibles_collectible":    {"name", "sku", "description", "image_url", "category", "condition"},
	"collectibles_inventorymedia": {"url", "media_type", "metadata"},
	"collectibles_store":          {"type", "currency"},
	"collectibles_storeaccess":    {"role", "permissions"},
	"collectibles_vendormember":   {"role", "invite_status"},
	"django_admin_log":            {"object_id"},
	"django_content_type":         {"app_label", "model"},
	"django_migrations":           {"app", "name"},
	"omnistock_acquisition_line":  {"sku", "name"},
	"omnistock_accessory":         {"slug", "name", "kind"},
	"omnistock_axis":              {"slug", "name"},
	"omnistock_axis_value":        {"slug", "name"},
	"omnistock_era":               {"slug", "name", "game"},
	"omnistock_grader":            {"slug", "name", "qualifiers", "subgrades"},
	"omnistock_importmapping":     {"name", "columns"},
	"omnistock_product":           {"slug", "name", "game", "kind"},
	"omnistock_set":               {"slug", "name", "game", "code", "released_on"},
	"omnistock_repack":            {"kind"},
	"omnistock_repack_line":       {"sku", "name"},
	"omnistock_reservation":       {"state"},
	"omnistock_sale":              {"kind", "currency"},
	"omnistock_sale_line":         {"sku", "name"},
	"omnistock_sale_line_serial":  {"grader", "qualifiers"},
	"omnistock_sale_tender":       {"method"},
	"omnistock_serial_unit":       {"grader", "qualifiers", "sub_grades", "state"},
	"omnistock_stock_movement":    {"sku", "name", "kind", "document"},
	"omnistock_stocktake":         {"state", "category"},
	"omnistock_stocktake_line":    {"sku", "name"},
	"omnistock_transfer":          {"state"},
	"omnistock_transfer_line":     {"sku", "name"},
	"omnistock_price_observation": {"source", "currency"},
	"users_user":                  {"role"},
	"users_usermedia":             {"media_type"},
}
