package doctor

import (
	"context"
	"fmt"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// fullShare is that of the connections from which on there are few left.
const fullShare = 0.8

// connections compares those in use with what the server allows, and with what this program may open.
func (d doctor) connections(ctx context.Context) (msgs []check.Message, err error) {
	c, err := selectConnectionUse(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	if float64(c.Used) >= fullShare*float64(c.Allowed) {
		msgs = one(check.Message{
			Level: check.Warning, ID: "postgres.W020",
			Text: fmt.Sprintf("%d of %d connections to the database server are in use", c.Used, c.Allowed),
			Hint: "end what is not needed, raise max_connections, or put a connection pooler in front",
		})
	}
	if d.Pool > c.Allowed-c.Others {
		msgs = append(msgs, check.Message{
			Level: check.Warning, ID: "postgres.W021",
			Text: fmt.Sprintf("one server of omnistock may open %d connections, but other programs leave it %d of %d", d.Pool, c.Allowed-c.Others, c.Allowed),
			Hint: "raise max_connections, or lower pool_max_conns in DATABASE_URL",
		})
	}
	return msgs, nil
}

// sessions finds transactions that do nothing and keep others from work, and statements that take too long. It does not
// show the statements: values stand in them.
func (d doctor) sessions(ctx context.Context) (msgs []check.Message, err error) {
	found, err := selectLongSessions(ctx, d.DB, d.Long)
	if err != nil {
		return nil, err
	}
	for _, s := range found {
		m := check.Message{
			Level: check.Warning, ID: "postgres.W031", Object: fmt.Sprintf("session %d", s.PID),
			Text: fmt.Sprintf("a statement of %s has been running for %s", s.name(), s.age()),
			Hint: fmt.Sprintf("if nobody waits for it: SELECT pg_cancel_backend(%d);", s.PID),
		}
		if s.Idle {
			m.ID = "postgres.W030"
			m.Text = fmt.Sprintf("a transaction of %s has been idle for %s; it holds its locks, and keeps VACUUM from its work", s.name(), s.age())
			m.Hint = fmt.Sprintf("end the program that forgot it, or: SELECT pg_terminate_backend(%d);", s.PID)
		}
		if s.Blocked {
			m.Text += "; it waits for a lock"
		}
		msgs = append(msgs, m)
	}
	return msgs, nil
}

func (s session) name() string {
	if s.Application == "" {
		return "user " + s.Username
	}
	return fmt.Sprintf("%s (user %s)", s.Application, s.Username)
}

func (s session) age() time.Duration { return time.Duration(s.Seconds) * time.Second }
