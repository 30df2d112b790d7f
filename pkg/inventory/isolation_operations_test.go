package inventory_test

import "net/http"

// An expectation says what one operation needs so that it can be sent in good form: what could go wrong with it is
// tried by the test itself. Every operation needs one.
type expectation struct {
	names kind   // what the id in the path names
	body  string // a good one: # is a new number each time, {store} the id of the sender's own store
	file  bool   // the body is a form with an image
	table string // the body is a form with this table: # as in body

	queries []string // further ones that are worth a try; {store} is the id that is probed

	// tells are the fields by which, as the contract has it, a foreign id is told from an unknown one: by which statuses.
	tells map[string]statuses
	moves bool // it changes what the sender is, so it comes last
	vain  bool // it fails whoever sends it; the others succeed for the rival's owner, or else they would prove nothing
}

type statuses struct{ foreign, missing int }

var (
	refused   = statuses{http.StatusForbidden, http.StatusBadRequest}
	otherText = statuses{http.StatusBadRequest, http.StatusBadRequest}
)

var expectations = map[string]expectation{
	"root":                  {},
	"root_retrieve":         {},
	"health_retrieve":       {},
	"health_ready_retrieve": {},
	"schema_retrieve":       {},
	"docs":                  {},
	"docs_asset":            {vain: true},
	"media":                 {vain: true}, // an image is for everybody who knows its address, which nobody can guess

	"auth_register_create":               {body: `{"username": "new-#", "email": "new-#@shop.example", "password": "Collect-them-all-1", "birthdate": "1990-01-02"}`},
	"auth_register_check_email_create":   {body: `{"email": "new-#@shop.example"}`},
	"auth_token_create":                  {body: `{"username": "stranger", "password": "wrong"}`, vain: true},
	"auth_token_refresh_create":          {body: `{"refresh": "x"}`, vain: true},
	"auth_token_verify_create":           {body: `{"token": "x"}`, vain: true},
	"auth_logout_create":                 {body: `{"refresh": "x"}`, vain: true},
	"auth_me_retrieve":                   {},
	"auth_me_update":                     {body: `{"bio": "#"}`},
	"auth_me_partial_update":             {body: `{"bio": "#"}`},
	"auth_me_avatar_create":              {file: true},
	"auth_me_avatar_destroy":             {},
	"auth_password_change_create":        {body: `{"old_password": "wrong", "new_password": "Collect-them-all-2"}`, vain: true},
	"auth_password_reset_create":         {body: `{"email": "new-#@shop.example"}`},
	"auth_password_reset_confirm_create": {body: `{"token": "x", "new_password": "Collect-them-all-2"}`, tells: map[string]statuses{"uid": otherText}, vain: true},
	"auth_profile_complete_create":       {body: `{"username": "renamed-#", "password": "Collect-them-all-2"}`, moves: true},

	"vendors_list":           {},
	"vendors_create":         {body: `{"name": "Vendor #"}`, moves: true},
	"vendors_retrieve":       {names: vendor},
	"vendors_update":         {names: vendor, body: `{"name": "Vendor #"}`},
	"vendors_partial_update": {names: vendor, body: `{"contact_info": "#"}`},
	"vendors_destroy":        {names: vendor},

	"vendor_stores_list":           {},
	"vendor_stores_create":         {body: `{"name": "Store"}`},
	"vendor_stores_select_create":  {body: `{"store": {store}}`, tells: map[string]statuses{"store": refused}},
	"vendor_stores_retrieve":       {names: store},
	"vendor_stores_update":         {names: store, body: `{"name": "Store"}`},
	"vendor_stores_partial_update": {names: store, body: `{"address": "#"}`},
	"vendor_stores_destroy":        {names: store},
	"vendor_stores_logo_create":    {names: store, file: true},
	"vendor_stores_logo_destroy":   {names: store},
	"vendor_stores_banner_create":  {names: store, file: true},
	"vendor_stores_banner_destroy": {names: store},

	"vendor_members_list":           {},
	"vendor_members_create":         {body: `{"email": "guest-#@shop.example"}`},
	"vendor_members_select_create":  {body: `{"vendor": {vendor}}`, tells: map[string]statuses{"vendor": refused}},
	"vendor_members_retrieve":       {names: member},
	"vendor_members_update":         {names: member, body: `{"title": "#"}`},
	"vendor_members_partial_update": {names: member, body: `{"title": "#"}`},
	"vendor_members_destroy":        {names: member},

	"vendor_invites_list":           {},
	"vendor_invites_accept_create":  {names: invite, vain: true},
	"vendor_invites_decline_create": {names: invite, vain: true},

	"vendor_store_access_list":           {},
	"vendor_store_access_create":         {body: `{"store": {store}, "member": {member}}`, tells: map[string]statuses{"store": refused, "member": refused}, vain: true},
	"vendor_store_access_retrieve":       {names: access},
	"vendor_store_access_update":         {names: access, body: `{"store": {store}, "member": {member}, "role": "sales"}`},
	"vendor_store_access_partial_update": {names: access, body: `{"role": "sales"}`},
	"vendor_store_access_destroy":        {names: access},

	"vendor_store_access_permissions_retrieve": {names: access},
	"vendor_store_access_permissions_update":   {names: access, body: `{"discount": true}`},

	"collectibles_list": {queries: []string{
		"limit=500", "limit=500&store={store}", "limit=500&search=" + marker, "limit=500&search=" + marker + "&sort_by=price&sort_order=desc",
		"limit=500&language=" + marker, "language=" + marker,
	}},
	"collectibles_create":          {body: `{"name": "Item", "sku": "N-#", "quantity": 1, "store": {store}}`},
	"collectibles_retrieve":        {names: item},
	"collectibles_update":          {names: item, body: `{"name": "Item", "sku": "C-#"}`},
	"collectibles_partial_update":  {names: item, body: `{"quantity": 1000}`},
	"collectibles_destroy":         {names: item},
	"collectibles_import_create":   {table: "sku,name,quantity\nT-#,Item,1\n"},
	"collectibles_export_retrieve": {queries: []string{"store={store}", "format=xlsx&store={store}", "columns=sku,store"}},
	"collectibles_images_create":   {names: item, file: true},
	"collectibles_images_destroy":  {names: item},

	"collectibles_movements_list":   {names: item},
	"collectibles_movements_create": {names: item, body: `{"kind": "receive", "delta": 1, "client_key": "#"}`},
	"stock_movements_list": {queries: []string{
		"item={item}", "store={store}", "cursor={movement}", "kind=receive", "since=2000-01-01T00:00:00Z&item={item}",
	}},
	"stock_movements_undo_create": {names: movement, vain: true},

	"collectibles_stock_retrieve":       {names: item},
	"stock_transfers_list":              {queries: []string{"store={store}", "state=in_transit"}},
	"stock_transfers_create":            {body: `{"from_store": {store}, "to_store": {annex}, "lines": [{"item": {item}, "units": 1}], "client_key": "#"}`},
	"stock_transfers_retrieve":          {names: transfer},
	"stock_transfers_receive_create":    {names: transfer, body: `{"lines": [{"item": {item}, "units": 1}]}`},
	"stock_transfers_cancel_create":     {names: sent, vain: true},
	"stock_reservations_list":           {queries: []string{"item={item}", "state=held"}},
	"stock_reservations_create":         {body: `{"item": {item}, "store": {store}, "units": 1, "client_key": "#"}`},
	"stock_reservations_release_create": {names: reservation, vain: true},

	"stock_valuation_retrieve":       {queries: []string{"at=2000-01-01T00:00:00Z"}},
	"collectibles_lots_list":         {names: item},
	"stock_acquisitions_list":        {},
	"stock_acquisitions_create":      {body: `{"store": {store}, "cost": "1.00", "lines": [{"item": {item}, "units": 1}], "client_key": "#"}`},
	"stock_acquisitions_undo_create": {names: acquisition, vain: true},
	"stock_repacks_list":             {},
	"stock_repacks_create": {body: `{"kind": "assemble", "store": {store}, "taken": [{"item": {item}, "units": 1}],
		"made": [{"item": {bundle}, "units": 1}], "client_key": "#"}`},
	"stock_repacks_undo_create": {names: repack, vain: true},

	"collectibles_attributes_retrieve": {names: item},
	"collectibles_attributes_update":   {names: item, body: `{"attributes": [{"axis": {axis}, "value": {value}}], "product": {product}, "set": {set}}`},

	"reference_eras_list":                  {queries: named},
	"reference_eras_create":                {body: `{"slug": "n-#", "name": "N", "game": "g"}`},
	"reference_eras_retrieve":              {names: era},
	"reference_eras_partial_update":        {names: era, body: `{"name": "N"}`},
	"reference_eras_destroy":               {names: era, vain: true}, // its set names it
	"reference_sets_list":                  {queries: append([]string{"era={era}"}, named...)},
	"reference_sets_create":                {body: `{"slug": "n-#", "name": "N", "game": "g", "era": {era}}`},
	"reference_sets_retrieve":              {names: set},
	"reference_sets_partial_update":        {names: set, body: `{"name": "N", "era": {era}}`},
	"reference_sets_destroy":               {names: set, vain: true},
	"reference_products_list":              {queries: append([]string{"set={set}", "era={era}"}, named...)},
	"reference_products_create":            {body: `{"slug": "n-#", "name": "N", "game": "g", "kind": "k", "set": {set}}`},
	"reference_products_retrieve":          {names: product},
	"reference_products_partial_update":    {names: product, body: `{"name": "N", "set": {set}}`},
	"reference_products_destroy":           {names: product, vain: true},
	"reference_accessories_list":           {queries: named},
	"reference_accessories_create":         {body: `{"slug": "n-#", "name": "N", "kind": "k"}`},
	"reference_accessories_retrieve":       {names: accessory},
	"reference_accessories_partial_update": {names: accessory, body: `{"name": "N"}`},
	"reference_accessories_destroy":        {names: accessory},
	"reference_graders_list":               {queries: named},
	"reference_graders_create":             {body: `{"slug": "n-#", "name": "N", "lowest": "1", "highest": "10"}`},
	"reference_graders_retrieve":           {names: grader},
	"reference_graders_partial_update":     {names: grader, body: `{"name": "N"}`},
	"reference_graders_destroy":            {names: grader},
	"reference_axes_list":                  {queries: named},
	"reference_axes_create":                {body: `{"slug": "n-#", "name": "N"}`},
	"reference_axes_retrieve":              {names: axis},
	"reference_axes_partial_update":        {names: axis, body: `{"name": "N"}`},
	"reference_axes_destroy":               {names: axis, vain: true},
	"reference_values_list":                {queries: append([]string{"axis={axis}"}, named...)},
	"reference_values_create":              {body: `{"slug": "n-#", "name": "N", "axis": {axis}}`},
	"reference_values_retrieve":            {names: value},
	"reference_values_partial_update":      {names: value, body: `{"name": "N"}`},
	"reference_values_destroy":             {names: value, vain: true},
	"collectibles_prices_list":             {names: item, queries: []string{"source=own", "since=2000-01-01T00:00:00Z"}},
	"collectibles_prices_current_list":     {names: item},
	"collectibles_prices_create":           {names: item, body: `{"source": "own", "amount": "1.00", "currency": "USD"}`},
	"prices_create":                        {body: `{"prices": [{"item": {item}, "source": "own", "amount": "1.00", "currency": "USD"}]}`},
	"prices_destroy":                       {names: price},

	"inventory_overview_retrieve": {},
	"stocktakes_list":             {queries: []string{"store={store}", "state=open&limit=500"}},
	"stocktakes_create":           {body: `{"store": {store}, "category": "#"}`},
	"stocktakes_retrieve":         {names: counting},
	"stocktakes_scans_create":     {names: counting, body: `{"scans": [{"item": {item}, "client_key": "#"}]}`},
	"stocktakes_differences_list": {names: counting, queries: []string{"which=scanned", "which=missing"}},
	"stocktakes_post_create":      {names: counted, vain: true},
	"stocktakes_cancel_create":    {names: counted, vain: true},
	"stocktakes_undo_create":      {names: counted, vain: true},
	"collectibles_units_list":     {names: item},
	"collectibles_units_create":   {names: item, body: `{"grader": "psa", "certificate": "#", "store": {store}}`},
	"sales_list": {queries: []string{
		"store={store}", "item={item}", "original={sale}", "cursor={sale}", "receipt=1&store={store}", "since=2000-01-01T00:00:00Z&item={item}",
	}},
	"sales_create":           {body: `{"store": {store}, "lines": [{"item": {item}, "units": 1, "unit_price": "0.00"}], "client_key": "#"}`},
	"sales_retrieve":         {names: sale},
	"sales_receipt_retrieve": {names: sale},
	"sales_margin_retrieve":  {names: sale},
	"sales_return_create":    {names: sale, body: `{"lines": [{"line": {line}, "units": 1}], "client_key": "#"}`},
	"sales_void_create":      {names: voided, body: `{"reason": "#"}`, vain: true},
	"units_list":             {queries: []string{"certificate=" + marker, "grader=psa&certificate=" + marker, "store={store}"}},
	"units_retrieve":         {names: piece},
	"units_partial_update":   {names: piece, body: `{"position": "#"}`},
}

// named are queries for the victim by name.
var named = []string{"limit=500", "q=" + marker}

// pathKinds are what the other ids in paths name; names without a kind are no ids.
var pathKinds = map[string]kind{"image_id": image, "asset": "", "key": ""}

// references are the members of bodies and queries that name an object.
var references = map[string]kind{
	"id": item, "vendor": vendor, "vendor_id": vendor, "store": store, "store_id": store, "active_store": store, "member": member,
	"member_id": member, "invite": invite, "item": item, "item_id": item, "collectible": item, "from_store": store, "to_store": annex, "user": user, "movement": movement, "user_id": user,
	"uid": user, "era": era, "set": set, "product": product, "axis": axis, "value": value,
	"line": line, "original": sale,
}

// quantities are the whole numbers in requests that name nothing.
var quantities = []string{"quantity", "width", "height", "size_kb", "sort_order", "limit", "offset", "delta", "from_row", "units", "hold_seconds", "starts_in", "packs", "cards", "position", "low_stock", "slow_days", "receipt", "cursor"}
