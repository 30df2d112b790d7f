package conversion

import "github.com/uptrace/bun"

// The models of Django's permissions. No domain uses these tables, but Django does, and a conversion takes them along.
// What a model of the program covers is left to that one.
func djangoModels() []any {
	return []any{
		(*contentType)(nil), (*permission)(nil), (*group)(nil), (*groupPermission)(nil), (*userGroup)(nil), (*userPermission)(nil),
	}
}

type contentType struct {
	bun.BaseModel `bun:"table:django_content_type"`

	ID       int64  `bun:"id,pk,autoincrement"`
	AppLabel string `bun:"app_label"`
	Model    string `bun:"model"`
}

type permission struct {
	bun.BaseModel `bun:"table:auth_permission"`

	ID            int64  `bun:"id,pk,autoincrement"`
	Name          string `bun:"name"`
	ContentTypeID int64  `bun:"content_type_id"`
	Codename      string `bun:"codename"`
}

type group struct {
	bun.BaseModel `bun:"table:auth_group"`

	ID   int64  `bun:"id,pk,autoincrement"`
	Name string `bun:"name"`
}

type groupPermission struct {
	bun.BaseModel `bun:"table:auth_group_permissions"`

	ID           int64 `bun:"id,pk,autoincrement"`
	GroupID      int64 `bun:"group_id"`
	PermissionID int64 `bun:"permission_id"`
}

type userGroup struct {
	bun.BaseModel `bun:"table:users_user_groups"`

	ID      int64 `bun:"id,pk,autoincrement"`
	UserID  int64 `bun:"user_id"`
	GroupID int64 `bun:"group_id"`
}

type userPermission struct {
	bun.BaseModel `bun:"table:users_user_user_permissions"`

	ID           int64 `bun:"id,pk,autoincrement"`
	UserID       int64 `bun:"user_id"`
	PermissionID int64 `bun:"permission_id"`
}
