package adoption

import "strings"

// What Django calls its table of applied migrations, and the two apps of Omni-Stock.
const (
	djangoHistory   = "django_migrations"
	usersApp        = "users"
	collectiblesApp = "collectibles"
	djangoSession   = "django_session"
	adminLog        = "django_admin_log" // of Django's own admin
)

// usersMigrations are those of the app users, in the order of their names. The older state has none: accounts were
// Django's own auth_user.
var usersMigrations = []string{
	"0001_initial",
	"0002_user_birthdate_user_company_code_user_company_name_and_more",
	"0003_usermedia",
	"0004_alter_usermedia_metadata",
}

// collectiblesMigrations are those of the app collectibles, in the order of their names.
var collectiblesMigrations = []string{
	"0001_initial",
	"0002_collectible_current_price_collectible_image_and_more",
	"0003_vendor_carddetails_userprofile_collectible_vendor",
	"0004_add_carddetails_indexes",
	"0005_add_carddetails_btree_indexes",
	"0006_add_carddetails_externalids_gin",
	"0007_add_carddetails_btree_indexes_concurrent",
	"0008_alter_userprofile_options_and_more",
	"0009_collectible_schema_updates",
	"0010_add_profile_picture",
	"0011_alter_userprofile_profile_picture_inventorymedia",
	"0012_alter_userprofile_profile_picture",
	"0013_alter_userprofile_profile_picture",
	"0014_store_stockledger_collectible_store_vendormember_and_more",
	"0015_collectible_store_not_null",
	"0016_vendormember_invite_status_vendormember_invited_at_and_more",
	"0017_vendormember_active_store",
}

// olderCollectibles is how many of collectiblesMigrations make the older state.
const olderCollectibles = 7

// currentTables are those of the current state in which Django counts ids.
func currentTables() []string {
	tables := []string{adminLog, djangoHistory}
	for line := range strings.SplitSeq(currentCatalog, "\n") {
		if name, ok := strings.CutPrefix(line, "table "); ok {
			name, _, _ = strings.Cut(name, "\t")
			tables = append(tables, name)
		}
	}
	return tables
}
