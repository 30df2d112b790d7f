package users

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/mail"
)

// A slowSender takes a second a mail, and fails where the test says so.
type slowSender struct {
	mu   sync.Mutex
	sent []string
	fail bool
}

func (s *slowSender) Send(ctx context.Context, m mail.Message) error {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail {
		return errors.New("no server")
	}
	s.sent = append(s.sent, m.To)
	return nil
}

func newTestOutbox(s *slowSender) (*outbox, *bytes.Buffer) {
	var log bytes.Buffer
	return newOutbox(s, slog.New(slog.NewTextHandler(&log, nil))), &log
}

func TestOutbox_closeWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sender := &slowSender{}
		o, _ := newTestOutbox(sender)
		for i := range 3 {
			o.post(mail.Message{To: fmt.Sprint(i)})
		}
		if err := o.close(t.Context()); err != nil {
			t.Error(err)
		}
		if got := strings.Join(sender.sent, " "); got != "0 1 2" {
			t.Errorf("sent = %s, want 0 1 2", got)
		}
		o.post(mail.Message{To: "late"})
		if err := o.close(t.Context()); err != nil || len(sender.sent) != 3 {
			t.Errorf("%v, sent = %v, want nothing after the end", err, sender.sent)
		}
	})
}

func TestOutbox_closeGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sender := &slowSender{}
		o, _ := newTestOutbox(sender)
		for i := range 3 {
			o.post(mail.Message{To: fmt.Sprint(i)})
		}
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		if err := o.close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error = %v, want %v", err, context.DeadlineExceeded)
		}
		synctest.Wait()
		if len(sender.sent) != 1 {
			t.Errorf("sent = %v, want one mail", sender.sent)
		}
	})
}

func TestOutbox_failureWithoutLinkInTheLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, log := newTestOutbox(&slowSender{fail: true})
		o.post(mail.Message{Subject: "Reset", Text: "https://shop.example/reset-password?token=abc"})
		if err := o.close(t.Context()); err != nil {
			t.Error(err)
		}
		if !strings.Contains(log.String(), "no server") || strings.Contains(log.String(), "token") {
			t.Errorf("log: %s", log)
		}
	})
}

func TestOutbox_bounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sender := &slowSender{}
		o, _ := newTestOutbox(sender)
		for range maxWaitingMails + 10 {
			o.post(mail.Message{})
		}
		if err := o.close(t.Context()); err != nil || len(sender.sent) > maxWaitingMails+1 {
			t.Errorf("%v, sent = %d, want at most %d", err, len(sender.sent), maxWaitingMails+1)
		}
	})
}

func TestResetLimit_bounded(t *testing.T) {
	l, now := newResetLimit(), time.Now()
	for id := range int64(maxResetLimits + 100) {
		if !l.take(id, now) {
			t.Fatalf("user %d gets no first link", id)
		}
	}
	if len(l.last) > maxResetLimits {
		t.Errorf("remembered = %d, want at most %d", len(l.last), maxResetLimits)
	}
	for range 2 {
		now = now.Add(resetPause)
		for id := range int64(maxResetLimits) {
			l.take(id, now)
		}
	}
	if l.take(maxResetLimits-1, now.Add(time.Minute)) {
		t.Error("a second link within the pause")
	}
}
