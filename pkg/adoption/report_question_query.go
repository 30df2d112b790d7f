package adoption

// A question looks for what an operator should know of what is in the tables. Its query gives a line for each case, in
// the words of a state.
type question struct {
	id    string
	level Level
	text  string
	hints map[State]string // what to do, in the states in which to ask
	note  State            // in which the level is no more than Note
	query string
}

func (q question) isNote(state State) bool { return q.note != "" && q.note == state }

// questions in the order of the report.
var questions = []question{
	{
		id: "accounts.no_email", level: Warning, text: "accounts without an e-mail address", note: Older,
		hints: map[State]string{Older: noAddressHint, Current: noResetHint, Own: noResetHint},
		query: `SELECT format('user %s (%s)', id, username) AS line FROM {users} WHERE trim(email) = '' ORDER BY id`,
	},
	{
		id: "accounts.same_email", level: Warning, text: "accounts with the e-mail address of another one",
		hints: map[State]string{Older: "The account with the lowest id keeps it. The others get an address that cannot exist."},
		query: `SELECT format('user %s (%s): %s, which user %s has', id, username, email, first) AS line
			FROM (SELECT *, min(id) OVER (PARTITION BY email) AS first FROM {users} WHERE trim(email) <> '') AS u WHERE id > first ORDER BY id`,
	},
	{
		id: "accounts.email_case", level: Warning, text: "e-mail addresses that differ in small and capital letters only",
		hints: everywhere(sameLettersHint),
		query: `SELECT format('%s: %s', lower(min(email)), string_agg(format('user %s (%s)', id, username), ', ' ORDER BY id)) AS line
			FROM {users} WHERE trim(email) <> '' GROUP BY upper(email) HAVING count(DISTINCT email COLLATE "C") > 1 ORDER BY 1`,
	},
	{
		id: "members.profile_only", level: Warning, text: "accounts whose profile alone says where they work", note: Older,
		hints: map[State]string{Older: "They become members, so that somebody runs their vendor.", Current: linkHint, Own: linkHint},
		query: linksQuery,
	},
	{
		id: "vendors.nobody", level: Warning, text: "vendors that nobody runs",
		hints: everywhere(addMemberHint),
		query: `SELECT format('vendor %s (%s)', v.id, v.slug) AS line FROM collectibles_vendor v WHERE NOT EXISTS (
				SELECT 1 FROM {members} m JOIN {users} u ON u.id = m.user_id
				WHERE m.vendor_id = v.id AND m.is_active AND u.is_active AND m.role IN ('owner', 'admin'))
			AND NOT EXISTS (SELECT 1 FROM (` + links + `) l WHERE l.vendor_id = v.id AND l.is_active AND l.role = 'owner') ORDER BY v.id`,
	},
	{
		id: "items.no_vendor", level: Warning, text: "items of no vendor",
		hints: map[State]string{Older: noVendorHint, Current: unseenHint, Own: unseenHint},
		query: `SELECT format('item %s (%s)', id, sku) AS line FROM collectibles_collectible WHERE vendor_id IS NULL ORDER BY id`,
	},
	{
		id: "items.other_store", level: Warning, text: "items in a store of another vendor",
		hints: afterwards(strayHint),
		query: `SELECT format('item %s (%s) of vendor %s, store %s of vendor %s', c.id, c.sku, c.vendor_id, s.id, s.vendor_id) AS line
			FROM collectibles_collectible c JOIN collectibles_store s ON s.id = c.store_id WHERE s.vendor_id <> c.vendor_id ORDER BY c.id`,
	},
	{
		id: "items.quantity", level: Warning, text: "items of which there are fewer than none",
		hints: everywhere(countHint),
		query: `SELECT format('item %s (%s): %s', id, sku, quantity) AS line FROM collectibles_collectible WHERE quantity < 0 ORDER BY id`,
	},
	{
		id: "items.price", level: Warning, text: "items with a price below zero",
		hints: everywhere(priceHint),
		query: `SELECT format('item %s (%s): %s', id, sku, least({price}, intake_price, projected_price)) AS line
			FROM collectibles_collectible WHERE least({price}, intake_price, projected_price) < 0 ORDER BY id`,
	},
	{
		id: "cards.grade", level: Warning, text: "cards with a grade that is none from 1 to 10",
		hints: everywhere(gradeHint),
		query: `SELECT format('item %s: %s', collectible_id, psa_grade) AS line
			FROM collectibles_carddetails WHERE psa_grade NOT BETWEEN 1 AND 10 ORDER BY collectible_id`,
	},
}

// everywhere and afterwards ask a question in all states, and in those that know stores.
func everywhere(hint string) map[State]string {
	return map[State]string{Older: hint, Current: hint, Own: hint}
}

func afterwards(hint string) map[State]string { return map[State]string{Current: hint, Own: hint} }

const (
	noAddressHint   = "They get an address that cannot exist, and log in by name as before. Give them a real one to let them reset passwords."
	noVendorHint    = "They go to the vendor that their owner's profile names, or else to a new one, \"Unassigned stock\"."
	unseenHint      = "Nobody sees them. Give them the vendor of their store with UPDATE."
	noResetHint     = "They cannot reset their password by mail. Give them an address."
	sameLettersHint = "All go on logging in, and each gets a reset mail of its own. Is it one person? Disable the account that is not used."
	linkHint        = "'omnistock adopt --link-profiles' makes them members. Until then they may list the vendor's items, and no more."
	addMemberHint   = "'omnistock member add --vendor SLUG --user NAME' gives one an owner, once the database is migrated."
	strayHint       = "'omnistock backfill_collectible_stores' puts them into the oldest store of their vendor."
	countHint       = "Count them, and correct the quantity: nothing is sold of an item below zero."
	priceHint       = "Correct the prices: the API takes none below zero."
	gradeHint       = "Correct the grades: the API shows them as they are."
)

// links are the memberships that older/members.sql makes: it says why. They are told apart here to be counted without
// making them.
const links = `SELECT user_id, vendor_id, username, is_active, CASE WHEN place = 1 AND NOT owned THEN 'owner' ELSE 'manager' END AS role
	FROM (
		SELECT p.user_id, p.vendor_id, u.username, u.is_active,
			row_number() OVER (PARTITION BY p.vendor_id ORDER BY u.is_active DESC, u.date_joined, u.id) AS place,
			EXISTS (SELECT 1 FROM {members} o WHERE o.vendor_id = p.vendor_id AND o.role = 'owner' AND o.is_active) AS owned
		FROM collectibles_userprofile p JOIN {users} u ON u.id = p.user_id
		WHERE p.vendor_id IS NOT NULL AND NOT EXISTS (
			SELECT 1 FROM {members} m WHERE m.user_id = p.user_id AND m.vendor_id = p.vendor_id)
	) AS places`

const linksQuery = `SELECT format('vendor %s (%s): user %s (%s) becomes %s%s', v.id, v.slug, l.user_id, l.username, l.role,
		CASE WHEN NOT l.is_active THEN ', but the account is disabled' END) AS line
	FROM (` + links + `) AS l JOIN collectibles_vendor v ON v.id = l.vendor_id ORDER BY v.id, l.role = 'owner' DESC, l.user_id`
