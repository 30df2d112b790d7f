package users

import "context"

// Disable is for the tests outside the package.
func (s *Service) Disable(ctx context.Context, username string) error {
	off := false
	_, _, _, err := s.setRights(ctx, username, rightsChange{Active: &off})
	return err
}
