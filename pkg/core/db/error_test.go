package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

func TestError_noRow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		var g group
		err := db.Error(bunDB.NewSelect().Model(&g).Where("id = 1").Scan(t.Context()), "Group")
		var got *core.Error
		if !errors.As(err, &got) || !errors.Is(err, sql.ErrNoRows) {
			t.Fatalf("error = %v, want ours with its cause", err)
		}
		if want := "No Group matches the given query."; got.Kind != core.NotFound || got.Msg != want {
			t.Errorf("error = kind %d, %q, want kind %d, %q", got.Kind, got.Msg, core.NotFound, want)
		}
	})
}

func TestError_outageIsNotAbsence(t *testing.T) {
	for _, url := range []string{"postgres://nobody@127.0.0.1:1/none", "sqlite:///no/such/folder/x.db"} {
		var g group
		err := db.Error(dbtest.Open(t, url).NewSelect().Model(&g).Where("id = 1").Scan(t.Context()), "Group")
		if err == nil || core.KindOf(err) != core.Internal {
			t.Errorf("error = %v, want an internal one", err)
		}
	}
}

func TestError_none(t *testing.T) {
	if err := db.Error(nil, "Group"); err != nil {
		t.Errorf("error = %v, want nil", err)
	}
}

func TestIsUniqueViolation_oneColumn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		mustInsert(t, bunDB, &group{Name: "a=(b)"})
		err := fmt.Errorf("insert: %w", insert(t.Context(), bunDB, &group{Name: "a=(b)"}))
		if !db.IsUniqueViolation(err, "auth_group", "name") {
			t.Errorf("error = %v, want a violation of name", err)
		}
		for _, other := range [][2]string{{"auth_group", "id"}, {"auth_group", "nam"}, {"group", "name"}} {
			if db.IsUniqueViolation(err, other[0], other[1]) {
				t.Errorf("%v is read as a violation of %v", err, other)
			}
		}
	})
}

func TestIsUniqueViolation_primaryKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		mustInsert(t, bunDB, &group{ID: 7, Name: "a"})
		if err := insert(t.Context(), bunDB, &group{ID: 7, Name: "b"}); !db.IsUniqueViolation(err, "auth_group", "id") {
			t.Errorf("error = %v, want a violation of id", err)
		}
	})
}

func TestUniqueViolation_twoColumns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		mustExec(t, bunDB, "INSERT INTO django_content_type (id, app_label, model) VALUES (1, 'a', 'b')")
		mustInsert(t, bunDB, &permission{Name: "x", ContentTypeID: 1, Codename: "view"})
		err := insert(t.Context(), bunDB, &permission{Name: "y", ContentTypeID: 1, Codename: "view"})
		const want = "auth_permission.content_type_id, auth_permission.codename"
		if got, ok := db.UniqueViolation(err); got != want || !ok {
			t.Errorf("columns = %q, %t, want %q", got, ok, want)
		}
		for _, column := range []string{"content_type_id", "codename"} {
			if !db.IsUniqueViolation(err, "auth_permission", column) {
				t.Errorf("error = %v, want a violation of %s", err, column)
			}
		}
	})
}

func TestUniqueViolation_otherFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		_, err := bunDB.ExecContext(t.Context(), "INSERT INTO auth_group (name) VALUES (NULL)")
		if columns, ok := db.UniqueViolation(err); ok || err == nil || db.IsCheckViolation(err) || db.IsForeignKeyViolation(err) {
			t.Errorf("error = %v is read as a violation of %q", err, columns)
		}
	})
}

func TestIsForeignKeyViolation_atCommit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		err := db.InTx(t.Context(), bunDB, func(ctx context.Context, tx bun.Tx) error {
			mustInsert(t, tx, &permission{Name: "x", ContentTypeID: 1, Codename: "view"})
			return nil
		})
		if !db.IsForeignKeyViolation(err) {
			t.Errorf("error = %v, want a violation of the foreign key", err)
		}
		mustInsert(t, bunDB, &group{Name: "staff"}) // the connection is free again
	})
}

func TestIsCheckViolation_negativeWidth(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		mustExec(t, bunDB, "CREATE TABLE image (width integer CHECK (width >= 0))")
		_, err := bunDB.ExecContext(t.Context(), "INSERT INTO image VALUES (-1)")
		if !db.IsCheckViolation(err) {
			t.Errorf("error = %v, want a violation of the check", err)
		}
	})
}
