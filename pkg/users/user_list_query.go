package users

import (
	"context"

	"github.com/uptrace/bun"
)

// A listFilter chooses accounts. The zero listFilter chooses all.
type listFilter struct {
	Inactive bool    // only those who cannot log in
	Staff    bool    // only those with the staff or the superuser flag
	IDs      []int64 // only these, unless it is nil
}

func (f listFilter) apply(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Inactive {
		q.Where("NOT u.is_active")
	}
	if f.Staff {
		q.Where("u.is_staff OR u.is_superuser")
	}
	if f.IDs != nil {
		q.Where("u.id IN (?)", bun.List(f.IDs))
	}
	return q
}

// selectUserPage returns the next accounts after an id, in the order of their ids.
func selectUserPage(ctx context.Context, idb bun.IDB, f listFilter, after int64, limit int) (page []User, err error) {
	q := idb.NewSelect().Model(&page).ExcludeColumn("password").Where("u.id > ?", after)
	err = f.apply(q).OrderBy("id", bun.OrderAsc).Limit(int64(limit)).Scan(ctx)
	return page, err
}

// userWidths are how many characters the longest values have.
type userWidths struct {
	MaxID           int64
	Username, Email int
}

func selectUserWidths(ctx context.Context, idb bun.IDB, f listFilter) (w userWidths, err error) {
	q := idb.NewSelect().Model((*User)(nil)).ColumnExpr("coalesce(max(u.id), 0) AS max_id").
		ColumnExpr("coalesce(max(length(u.username)), 0) AS username").
		ColumnExpr("coalesce(max(length(u.email)), 0) AS email")
	err = f.apply(q).Scan(ctx, &w)
	return w, err
}
