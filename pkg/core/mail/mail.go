package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	netmail "net/mail"
	"strings"
	"time"
)

// A Message is one mail.
type Message struct {
	To      string // one bare address, such as a@shop.example
	Subject string // one line
	Text    string
}

// A Sender sends mails. Send refuses a message whose address or subject could smuggle in a header. Without an error
// the mail is with the server, or written; with one it may have been sent all the same if the wait was cut short.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Options choose a backend and set it up.
type Options struct {
	Backend string // smtp, console, file or memory
	From    string // sender of all mails: address or Name <address>

	Host     string // smtp: the server
	Port     int
	User     string // smtp: nobody logs in if it is empty
	Password string
	UseTLS   bool          // smtp: STARTTLS, and nothing is sent without it
	UseSSL   bool          // smtp: TLS from the start
	Timeout  time.Duration // smtp: for the whole of a mail; 10 seconds if it is 0

	Folder string    // file: made where it is missing
	Out    io.Writer // console
}

// New returns a sender for the backend. It does no I/O.
func New(o Options) (Sender, error) {
	from, err := netmail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf("sender address %q: %w", o.From, err)
	}
	switch o.Backend {
	case "smtp":
		return newSMTP(o, from)
	case "console":
		return &console{from: from, out: o.Out}, nil
	case "file":
		return &folder{from: from, path: o.Folder}, nil
	case "memory":
		return &Outbox{}, nil
	}
	return nil, fmt.Errorf("unknown mail backend %q", o.Backend)
}

// validate refuses what a header cannot hold.
func (m Message) validate() error {
	if strings.ContainsAny(m.Subject, "\r\n\x00") {
		return errors.New("mail subject has more than one line")
	}
	if strings.ContainsAny(m.To, "\r\n\x00<>") {
		return fmt.Errorf("mail address %q is not a bare address", m.To)
	}
	if _, err := netmail.ParseAddress(m.To); err != nil {
		return fmt.Errorf("mail address %q: %w", m.To, err)
	}
	return nil
}
