package users

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/omni-stock/omnistock/pkg/core/mail"
)

// maxWaitingMails bounds the memory that mails take while their server is slow.
const maxWaitingMails = 1000

// An outbox sends mails, one after the other, after the request that they come from was answered. Its goroutine runs
// only while there is something to send.
type outbox struct {
	sender mail.Sender
	log    *slog.Logger

	ctx    context.Context //nolint:containedctx // of the mails: that of no request, and ended by close
	cancel context.CancelFunc

	mu      sync.Mutex
	waiting []mail.Message
	done    chan struct{} // closed when the goroutine ends; nil while there is none
	closed  bool
}

func newOutbox(sender mail.Sender, log *slog.Logger) *outbox {
	ctx, cancel := context.WithCancel(context.Background())
	return &outbox{sender: sender, log: log, ctx: ctx, cancel: cancel}
}

// post accepts a mail. It never waits: where too many do, the mail is dropped, and the log says so.
func (o *outbox) post(m mail.Message) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed || len(o.waiting) >= maxWaitingMails {
		o.log.Error("mail dropped", "subject", m.Subject, "waiting", len(o.waiting))
		return
	}
	o.waiting = append(o.waiting, m)
	if o.done == nil {
		o.done = make(chan struct{})
		go o.run(o.done)
	}
}

// run sends until nothing waits. The text of a mail never reaches the log: it may hold a link that opens an account.
func (o *outbox) run(done chan struct{}) {
	defer close(done)
	for m, ok := o.next(); ok; m, ok = o.next() {
		if err := o.sender.Send(o.ctx, m); err != nil {
			o.log.Error("mail not sent", "subject", m.Subject, "error", err)
		}
	}
}

// next takes the oldest mail out, or ends the goroutine.
func (o *outbox) next() (mail.Message, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.waiting) == 0 {
		o.done = nil
		return mail.Message{}, false
	}
	m := o.waiting[0]
	o.waiting = o.waiting[1:]
	return m, true
}

// close accepts no more mails and waits until those accepted are sent. If ctx ends before, it drops the rest.
func (o *outbox) close(ctx context.Context) error {
	o.mu.Lock()
	o.closed = true
	done := o.done
	o.mu.Unlock()
	if done == nil {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		o.cancel()
		return errors.Join(errors.New("mails were not sent"), ctx.Err())
	}
}
