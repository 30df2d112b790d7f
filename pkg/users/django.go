package users

import (
	"time"

	"github.com/uptrace/bun"
)

// What Django keeps of accounts beside them: its permissions by group and user, and the log of its admin. The program
// grants nothing by them; it keeps them for the way back, and deletes what belongs to an account together with that.
type (
	contentType struct {
		bun.BaseModel `bun:"table:django_content_type,alias:ct"`

		ID       int64  `bun:"id,pk,autoincrement"`
		AppLabel string `bun:"app_label"` // unique together with the model
		Model    string `bun:"model"`
	}

	permission struct {
		bun.BaseModel `bun:"table:auth_permission,alias:pe"`

		ID            int64  `bun:"id,pk,autoincrement"`
		Name          string `bun:"name"`
		ContentTypeID int64  `bun:"content_type_id"`
		Codename      string `bun:"codename"` // unique together with the content type
	}

	group struct {
		bun.BaseModel `bun:"table:auth_group,alias:g"`

		ID   int64  `bun:"id,pk,autoincrement"`
		Name string `bun:"name"` // unique
	}

	groupPermission struct {
		bun.BaseModel `bun:"table:auth_group_permissions,alias:gp"`

		ID           int64 `bun:"id,pk,autoincrement"`
		GroupID      int64 `bun:"group_id"` // unique together with the permission
		PermissionID int64 `bun:"permission_id"`
	}

	userGroup struct {
		bun.BaseModel `bun:"table:users_user_groups,alias:ug"`

		ID      int64 `bun:"id,pk,autoincrement"`
		UserID  int64 `bun:"user_id"` // unique together with the group
		GroupID int64 `bun:"group_id"`
	}

	userPermission struct {
		bun.BaseModel `bun:"table:users_user_user_permissions,alias:up"`

		ID           int64 `bun:"id,pk,autoincrement"`
		UserID       int64 `bun:"user_id"` // unique together with the permission
		PermissionID int64 `bun:"permission_id"`
	}

	logEntry struct {
		bun.BaseModel `bun:"table:django_admin_log,alias:le"`

		ID            int64     `bun:"id,pk,autoincrement"`
		ActionTime    time.Time `bun:"action_time"`
		ObjectID      *string   `bun:"object_id"`
		ObjectRepr    string    `bun:"object_repr"`
		ActionFlag    int16     `bun:"action_flag"` // 1 added, 2 changed, 3 deleted
		ChangeMessage string    `bun:"change_message"`
		ContentTypeID *int64    `bun:"content_type_id"`
		UserID        int64     `bun:"user_id"`
	}

	// A djangoMigration is a step of one of Django's own histories, of which each app has one.
	djangoMigration struct {
		bun.BaseModel `bun:"table:django_migrations,alias:dm"`

		ID      int64     `bun:"id,pk,autoincrement"`
		App     string    `bun:"app"`
		Name    string    `bun:"name"`
		Applied time.Time `bun:"applied"`
	}
)
