package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// affiliations finds the vendor a user works for, and the stores to which they have access there: the vendor that
// their profile names, if they are an active member; else their first active membership; else the vendor that their
// profile names, unless a membership that is pending, declined or revoked stands against it. Rows are ordered by that.
const affiliations = `
SELECT w.vendor_id, w.member_id, w.role, w.active_store_id, sa.store_id, sa.role AS access_role, sa.permissions
FROM (
	SELECT m.vendor_id, m.id AS member_id, m.role, m.active_store_id,
		CASE WHEN m.vendor_id = p.vendor_id THEN 0 ELSE 1 END AS preference
	FROM collectibles_vendormember AS m
	LEFT JOIN collectibles_userprofile AS p ON p.user_id = m.user_id
	WHERE m.user_id = ?1 AND m.is_active
	UNION ALL
	SELECT p.vendor_id, 0, '', NULL, 2
	FROM collectibles_userprofile AS p
	WHERE p.user_id = ?1 AND p.vendor_id IS NOT NULL AND NOT EXISTS (
		SELECT 1 FROM collectibles_vendormember AS m WHERE m.user_id = p.user_id AND m.vendor_id = p.vendor_id)
) AS w
LEFT JOIN collectibles_storeaccess AS sa ON sa.member_id = w.member_id AND sa.is_active
ORDER BY w.preference, w.vendor_id, w.member_id, sa.id`

func newAffiliationStatement(bunDB *bun.DB) *db.Statement {
	return db.NewStatement(bunDB, affiliations)
}

func selectAffiliation(ctx context.Context, statement *db.Statement, userID int64) (Affiliation, error) {
	var rows []affiliationRow
	err := statement.Scan(ctx, &rows, userID)
	return newAffiliation(rows), err
}

func insertMember(ctx context.Context, tx bun.Tx, m *Member) error {
	_, err := tx.NewInsert().Model(m).Exec(ctx)
	return err
}

func withRelations(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Relation("User").Relation("ActiveStore")
}

// selectMembers returns a vendor's members, former and invited ones too, with their accounts and active stores.
func selectMembers(ctx context.Context, idb bun.IDB, vendorID int64) (members []*Member, err error) {
	err = withRelations(idb.NewSelect().Model(&members)).Where("m.vendor_id = ?", vendorID).
		Order("m.user_id", "m.id").Scan(ctx)
	return members, err
}

// lockMember returns a vendor's member whom nobody else changes until the transaction ends, or NotFound.
func lockMember(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Member, error) {
	m := &Member{}
	q := withRelations(tx.NewSelect().Model(m)).Where("m.id = ?", id).Where("m.vendor_id = ?", vendorID)
	return m, db.Error(db.ForUpdate(q, "m").Scan(ctx), "VendorMember")
}

// selectMember returns a vendor's member, or NotFound.
func selectMember(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Member, error) {
	m := &Member{}
	err := withRelations(idb.NewSelect().Model(m)).Where("m.id = ?", id).Where("m.vendor_id = ?", vendorID).Scan(ctx)
	return m, db.Error(err, "VendorMember")
}

// selectMembership returns what a user is at a vendor, or NotFound.
func selectMembership(ctx context.Context, idb bun.IDB, vendorID, userID int64) (*Member, error) {
	m := &Member{}
	err := withRelations(idb.NewSelect().Model(m)).Where("m.vendor_id = ?", vendorID).Where("m.user_id = ?", userID).Scan(ctx)
	return m, db.Error(err, "VendorMember")
}

// selectAnyMember returns a member of whatever vendor, or NotFound.
func selectAnyMember(ctx context.Context, idb bun.IDB, id int64) (*Member, error) {
	m := &Member{}
	err := withRelations(idb.NewSelect().Model(m)).Where("m.id = ?", id).Scan(ctx)
	return m, db.Error(err, "VendorMember")
}

// selectInvites returns the invites that wait for a user's answer, the newest first.
func selectInvites(ctx context.Context, idb bun.IDB, userID int64) (members []*Member, err error) {
	err = withRelations(idb.NewSelect().Model(&members)).Where("m.user_id = ?", userID).
		Where("m.invite_status = ?", InvitePending).Order("m.invited_at DESC", "m.id DESC").Scan(ctx)
	return members, err
}

// lockInvite returns an invite that waits for the user's answer, and that nobody else changes until the transaction
// ends, or NotFound.
func lockInvite(ctx context.Context, tx bun.Tx, userID, id int64) (*Member, error) {
	m := &Member{}
	err := db.ForUpdate(withRelations(tx.NewSelect().Model(m)), "m").Where("m.id = ?", id).
		Where("m.user_id = ?", userID).Where("m.invite_status = ?", InvitePending).Scan(ctx)
	return m, db.Error(err, "VendorMember")
}

// existsOtherOwner reports whether somebody else than m, who can log in, owns m's vendor.
func existsOtherOwner(ctx context.Context, tx bun.Tx, m *Member) (bool, error) {
	return tx.NewSelect().Model((*Member)(nil)).Join("JOIN users_user AS u ON u.id = m.user_id AND u.is_active").
		Where("m.vendor_id = ?", m.VendorID).Where("m.id <> ?", m.ID).Where("m.is_active").
		Where("m.role = ?", RoleOwner).Exists(ctx)
}

func updateMember(ctx context.Context, tx bun.Tx, m *Member, columns ...string) error {
	_, err := tx.NewUpdate().Model(m).Column(columns...).WherePK().Exec(ctx)
	return err
}

// isActiveMember reports whether the user is an active member of the vendor.
func isActiveMember(ctx context.Context, idb bun.IDB, userID, vendorID int64) (bool, error) {
	return idb.NewSelect().Model((*Member)(nil)).
		Where("m.user_id = ?", userID).Where("m.vendor_id = ?", vendorID).Where("m.is_active").Exists(ctx)
}

// deleteMembershipsOf deletes what a user is at all vendors, and their name as the one who invited others.
func deleteMembershipsOf(ctx context.Context, tx bun.Tx, userID int64) error {
	members := tx.NewSelect().Model((*Member)(nil)).Column("id").Where("m.user_id = ?", userID)
	if _, err := tx.NewDelete().Model((*StoreAccess)(nil)).Where("member_id IN (?)", members).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.NewUpdate().Model((*Member)(nil)).Set("invited_by_id = NULL").Where("invited_by_id = ?", userID).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewDelete().Model((*Member)(nil)).Where("user_id = ?", userID).Exec(ctx)
	return err
}

// setActiveStore makes a store the one in which an active member works, and reports whether there is such a member.
func setActiveStore(ctx context.Context, idb bun.IDB, memberID, storeID int64) (bool, error) {
	result, err := idb.NewUpdate().Model((*Member)(nil)).Set("active_store_id = ?", storeID).
		Where("id = ?", memberID).Where("is_active").Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}
