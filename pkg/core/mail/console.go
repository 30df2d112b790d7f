package mail

import (
	"context"
	"fmt"
	"io"
	netmail "net/mail"
	"strings"
	"sync"
)

// console writes mails to a terminal or a log, each followed by a line of dashes.
type console struct {
	from *netmail.Address
	mu   sync.Mutex // keeps mails whole
	out  io.Writer
}

// Send writes the mail.
func (c *console) Send(_ context.Context, m Message) error {
	if err := m.validate(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := io.WriteString(c.out, render(c.from, m)+strings.Repeat("-", 79)+"\n"); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	return nil
}

// render writes the mail as text with headers. The body stays as it is: encoded as quoted-printable, a link in it
// could not be clicked or copied.
func render(from *netmail.Address, m Message) string {
	return fmt.Sprintf("From: %s\nTo: %s\nSubject: %s\nContent-Type: text/plain; charset=utf-8\n"+
		"Content-Transfer-Encoding: 8bit\n\n%s\n", from, m.To, m.Subject, strings.TrimRight(m.Text, "\n"))
}
