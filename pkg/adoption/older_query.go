package adoption

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/uptrace/bun"
)

// totalsQuery takes what the two states call differently: the tables of users, their groups and their permissions, the
// column of the price, and which vendors count.
const totalsQuery = `
SELECT * FROM (SELECT count(*) AS users, coalesce(sum(id), 0)::text AS user_ids FROM %[1]s) AS u,
	(SELECT count(*) AS groups FROM %[1]s_groups) AS g,
	(SELECT count(*) AS permissions FROM %[1]s_user_permissions) AS p,
	(SELECT count(*) AS vendors FROM collectibles_vendor WHERE %[3]s) AS v,
	(SELECT count(*) AS profiles FROM collectibles_userprofile) AS pr,
	(SELECT count(*) AS items, coalesce(sum(id), 0)::text AS item_ids, coalesce(sum(quantity), 0)::text AS units,
		coalesce(sum(%[2]s), 0)::text AS price, coalesce(sum(intake_price), 0)::text AS intake,
		coalesce(sum(projected_price), 0)::text AS projected FROM collectibles_collectible) AS c,
	(SELECT count(*) AS card_details FROM collectibles_carddetails) AS d,
	(SELECT count(*) AS admin_entries FROM django_admin_log) AS l`

func selectOlderTotals(ctx context.Context, idb bun.IDB) (t Totals, err error) {
	err = idb.NewRaw(fmt.Sprintf(totalsQuery, "auth_user", "current_price", "true")).Scan(ctx, &t)
	return t, err
}

// selectCurrentTotals leaves out the vendor that this transaction made, if any.
func selectCurrentTotals(ctx context.Context, idb bun.IDB) (t Totals, err error) {
	err = idb.NewRaw(fmt.Sprintf(totalsQuery, "users_user", "price", "created_at <> now()")).Scan(ctx, &t)
	return t, err
}

// setMediaURL says what stands in front of the paths of images.
func setMediaURL(ctx context.Context, tx bun.Tx, url string) error {
	_, err := tx.ExecContext(ctx, "SELECT set_config('omnistock.media_url', ?, true)", url)
	return err
}

// lockSQL waits for whoever works with the tables, for a while, and then keeps everybody out. Foreign keys are checked at
// once from here on: a table with checks to come cannot be altered.
const lockSQL = `SET CONSTRAINTS ALL IMMEDIATE;
LOCK TABLE auth_user, auth_user_groups, auth_user_user_permissions, collectibles_carddetails, collectibles_collectible,
	collectibles_userprofile, collectibles_vendor, django_admin_log, django_content_type IN ACCESS EXCLUSIVE MODE`

// addressLength is that of an image's path as older/stock.sql writes it: each byte of some characters takes three.
const addressLength = `length(regexp_replace(image, '[^A-Za-z0-9/~!*()''_.-]', '', 'g'))
	+ 3 * octet_length(convert_to(regexp_replace(image, '[A-Za-z0-9/~!*()''_.-]', '', 'g'), 'UTF8'))`

// selectLongImages returns the first items whose images would get an address that the column cannot hold, and how many
// there are.
func selectLongImages(ctx context.Context, idb bun.IDB, url string) (items []string, count int64, err error) {
	return selectCases(ctx, idb, Older, fmt.Sprintf("SELECT concat('item ', id, ' (', sku, ')') AS line FROM collectibles_collectible "+
		"WHERE image <> '' AND %s > %d ORDER BY id", addressLength, maxImageURL-utf8.RuneCountInString(url)))
}

func hasOld(ctx context.Context, idb bun.IDB) (there bool, err error) {
	err = idb.NewRaw("SELECT to_regclass('auth_user') IS NOT NULL").Scan(ctx, &there)
	return there, err
}

func selectLostAccounts(ctx context.Context, tx bun.Tx) (names []string, err error) {
	err = tx.NewRaw("SELECT username FROM auth_user AS a WHERE NOT EXISTS (SELECT 1 FROM users_user AS u WHERE u.id = a.id) ORDER BY id LIMIT 100").
		Scan(ctx, &names)
	return names, err
}

// extensionSQL makes what Django's database may lack when its owner could not make extensions.
const extensionSQL = "CREATE EXTENSION IF NOT EXISTS pg_trgm"

func exec(ctx context.Context, tx bun.Tx, text string) error {
	_, err := tx.ExecContext(ctx, text)
	return err
}

// What stages did that an operator wants to know, a line for each case.
const (
	emailLines = `SELECT format('user %s (%s): %s becomes %s', u.id, u.username,
			CASE WHEN a.email !~ '\S' THEN 'the empty e-mail' ELSE 'e-mail ' || a.email || ', which user ' || (
				SELECT min(o.id) FROM auth_user o WHERE o.email = a.email) || ' has,' END, u.email)
		FROM auth_user a JOIN users_user u USING (id) WHERE a.email <> u.email ORDER BY u.id`

	memberLines = `SELECT format('vendor %s (%s): user %s (%s) becomes %s%s', v.id, v.slug, u.id, u.username, m.role,
			CASE WHEN NOT u.is_active THEN ', but the account is disabled' END)
		FROM collectibles_vendormember m JOIN collectibles_vendor v ON v.id = m.vendor_id JOIN users_user u ON u.id = m.user_id
		WHERE m.joined_at = now() ORDER BY v.id, m.role = 'owner' DESC, u.id`

	memberlessLines = `SELECT format('vendor %s (%s): no profile names it, so nobody runs it; '
			|| 'omnistock member add gives it an owner', v.id, v.slug)
		FROM collectibles_vendor v WHERE created_at <> now() AND NOT EXISTS (
			SELECT 1 FROM collectibles_vendormember m WHERE m.vendor_id = v.id) ORDER BY v.id`

	stockLines = `SELECT line FROM (
			SELECT 1 AS place, format('items of no vendor, now in a store of vendor %s (%s): %s', v.id, v.slug, count(*)) AS line
			FROM collectibles_collectible c JOIN collectibles_store s ON s.id = c.store_id JOIN collectibles_vendor v ON v.id = s.vendor_id
			WHERE c.vendor_id IS NULL GROUP BY v.id
			UNION ALL
			SELECT 2, format('locations, now the last line of a description: %s', count(*)) FROM collectibles_collectible
			WHERE description ~ E'(^|\n)Location: [^\n]*$' HAVING count(*) > 0
			UNION ALL
			SELECT 3, format('images, now addresses that begin with %s: %s', current_setting('omnistock.media_url'), count(*))
			FROM collectibles_collectible WHERE image_url IS NOT NULL HAVING count(*) > 0
		) lines ORDER BY place, line`
)

// eachLine calls fn with each row of a query that gives texts, as they come.
func eachLine(ctx context.Context, idb bun.IDB, query string, fn func(line string)) error {
	rows, err := idb.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return err
		}
		fn(line)
	}
	return rows.Err()
}
