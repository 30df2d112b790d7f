package mail

import (
	"context"
	"slices"
	"sync"
)

// Outbox keeps mails in memory, for tests. The zero Outbox is empty and ready.
type Outbox struct {
	mu   sync.Mutex
	sent []Message
}

// Send keeps the mail.
func (o *Outbox) Send(_ context.Context, m Message) error {
	if err := m.validate(); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent = append(o.sent, m)
	return nil
}

// Sent returns the mails so far, oldest first.
func (o *Outbox) Sent() []Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.sent)
}
