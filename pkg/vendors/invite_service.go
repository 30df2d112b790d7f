package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Invites returns the invites that wait for the actor's answer, the newest first.
func (s *Service) Invites(ctx context.Context) ([]*Member, error) {
	return selectInvites(ctx, s.db, core.ActorFrom(ctx).UserID)
}

// Answer accepts or declines an invite of the actor: NotFound if none waits under that id.
func (s *Service) Answer(ctx context.Context, id int64, status InviteStatus) (m *Member, err error) {
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if m, err = lockInvite(ctx, tx, core.ActorFrom(ctx).UserID, id); err != nil {
			return err
		}
		m.answer(status, s.now())
		return updateMember(ctx, tx, m, "invite_status", "is_active", "responded_at", "revoked_at")
	})
	return m, err
}
