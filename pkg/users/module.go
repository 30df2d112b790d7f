package users

import (
	"slices"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// tag groups the domain's operations.
const tag = "auth"

// Module is the domain's table of contents.
func (s *Service) Module() app.Module {
	return app.Module{
		Name: "users",
		Tags: []web.Tag{{Name: tag, Description: "Registration, log-in, the own account and its password."}},
		Models: []any{
			(*contentType)(nil), (*permission)(nil), (*group)(nil), (*groupPermission)(nil),
			(*User)(nil), (*userGroup)(nil), (*userPermission)(nil), (*Profile)(nil), (*Media)(nil),
			(*OutstandingToken)(nil), (*BlacklistedToken)(nil), (*logEntry)(nil), (*djangoMigration)(nil),
		},
		Images:    []app.ImageColumn{{Model: (*Media)(nil), Column: "url"}, {Model: (*Profile)(nil), Column: "profile_picture"}},
		Diagnoses: s.diagnoses(),
		Commands:  s.commands(),
		Operations: slices.Concat(
			s.registrationOperations(), s.tokenOperations(), s.accountOperations(), s.onboardingOperations(),
			s.passwordOperations(), s.resetOperations(), s.avatarOperations(),
		),
	}
}
