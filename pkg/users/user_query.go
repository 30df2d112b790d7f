package users

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

func insertUser(ctx context.Context, idb bun.IDB, u *User) error {
	_, err := idb.NewInsert().Model(u).Exec(ctx)
	return err
}

func selectUser(ctx context.Context, idb bun.IDB, id int64) (*User, error) {
	u := new(User)
	if err := idb.NewSelect().Model(u).Where("u.id = ?", id).Scan(ctx); err != nil {
		return nil, db.Error(err, "User")
	}
	return u, nil
}

func selectUserByName(ctx context.Context, idb bun.IDB, username string) (*User, error) {
	u := new(User)
	if err := idb.NewSelect().Model(u).Where("u.username = ?", username).Scan(ctx); err != nil {
		return nil, db.Error(err, "User")
	}
	return u, nil
}

// selectUserWithProfile leaves the profile nil where there is none.
func selectUserWithProfile(ctx context.Context, idb bun.IDB, id int64) (*User, error) {
	u := new(User)
	if err := idb.NewSelect().Model(u).Relation("Profile").Where("u.id = ?", id).Scan(ctx); err != nil {
		return nil, db.Error(err, "User")
	}
	return u, nil
}

func newIdentityStatement(bunDB *bun.DB) *db.Statement {
	q := bunDB.NewSelect().Model((*User)(nil)).
		Column("id", "username", "is_active", "is_staff", "is_superuser").Where("u.id = ?", bun.Safe("?1"))
	return db.NewStatement(bunDB, q.String())
}

// selectIdentity reads what an actor is made of, or returns nil where there is no such user.
func selectIdentity(ctx context.Context, statement *db.Statement, id int64) (*User, error) {
	var found []User
	if err := statement.Scan(ctx, &found, id); err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// selectNamesakes returns username and email of the accounts, other than the given one, that have one of the two.
func selectNamesakes(ctx context.Context, idb bun.IDB, username, email string, except int64) ([]User, error) {
	var found []User
	err := idb.NewSelect().Model(&found).Column("username", "email").
		Where("u.id <> ?", except).
		Where("u.username = ? OR u.email = ?", username, email).
		OrderBy("id", bun.OrderAsc).Limit(2).Scan(ctx)
	return found, err
}

// selectEmailExists looks without case.
func selectEmailExists(ctx context.Context, idb bun.IDB, email string) (bool, error) {
	return idb.NewSelect().Model((*User)(nil)).Where("? = ?", db.Upper(bun.Ident("u.email")), db.Upper(email)).Exists(ctx)
}

// maxSameEmail bounds how many accounts one address gets reset links for: there are as many as there are ways to
// write it in capitals.
const maxSameEmail = 10

// selectActiveByEmail looks without case.
func selectActiveByEmail(ctx context.Context, idb bun.IDB, email string) ([]User, error) {
	var found []User
	err := idb.NewSelect().Model(&found).
		Where("? = ?", db.Upper(bun.Ident("u.email")), db.Upper(email)).Where("u.is_active").
		OrderBy("id", bun.OrderAsc).Limit(maxSameEmail).Scan(ctx)
	return found, err
}

func updateUser(ctx context.Context, idb bun.IDB, u *User, columns ...string) error {
	_, err := idb.NewUpdate().Model(u).Column(columns...).WherePK().Exec(ctx)
	return err
}

// updatePassword replaces the encoded password if it still is the old one, and reports whether it was.
func updatePassword(ctx context.Context, idb bun.IDB, id int64, from, to string) (bool, error) {
	result, err := idb.NewUpdate().Model((*User)(nil)).Set("password = ?", to).
		Where("id = ?", id).Where("password = ?", from).Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// deleteUser deletes the user and what is theirs alone. Tokens stay: who has one must go on finding it blacklisted.
func deleteUser(ctx context.Context, idb bun.IDB, id int64) error {
	for _, query := range []string{
		"DELETE FROM users_usermedia WHERE user_id = ?",
		"DELETE FROM collectibles_userprofile WHERE user_id = ?",
		"DELETE FROM django_admin_log WHERE user_id = ?",
		"DELETE FROM users_user_groups WHERE user_id = ?",
		"DELETE FROM users_user_user_permissions WHERE user_id = ?",
		"UPDATE token_blacklist_outstandingtoken SET user_id = NULL WHERE user_id = ?",
		"DELETE FROM users_user WHERE id = ?",
	} {
		if _, err := idb.NewRaw(query, id).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
