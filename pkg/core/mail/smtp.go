package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"slices"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// smtp sends mails through a server, each over a connection of its own.
type smtp struct {
	from    *netmail.Address
	host    string
	addr    string // host and port
	useSSL  bool
	tls     *tls.Config
	options []gomail.Option
	timeout time.Duration
}

func newSMTP(o Options, from *netmail.Address) (*smtp, error) {
	s := &smtp{
		from:    from,
		host:    o.Host,
		addr:    net.JoinHostPort(o.Host, strconv.Itoa(o.Port)),
		useSSL:  o.UseSSL,
		tls:     &tls.Config{ServerName: o.Host, MinVersion: tls.VersionTLS12},
		timeout: cmp.Or(o.Timeout, 10*time.Second),
	}
	s.options = append(loginOptions(o), gomail.WithPort(o.Port), gomail.WithTimeout(s.timeout),
		gomail.WithTLSConfig(s.tls), gomail.WithoutNoop(), gomail.WithoutRset())
	if _, err := gomail.NewClient(o.Host, s.options...); err != nil {
		return nil, fmt.Errorf("mail server %s: %w", s.addr, err)
	}
	return s, nil
}

// loginOptions say whether to switch to TLS, as Django's EMAIL_USE_TLS does, and how to log in. A password goes out in
// the clear to this very machine only.
func loginOptions(o Options) []gomail.Option {
	policy := gomail.NoTLS
	if o.UseTLS {
		policy = gomail.TLSMandatory
	}
	options := []gomail.Option{gomail.WithTLSPolicy(policy)}
	if o.User == "" {
		return options
	}
	return append(options, gomail.WithUsername(o.User), gomail.WithPassword(o.Password),
		gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthCramMD5,
			gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
}

// Send hands the mail to the server, within the timeout and for as long as ctx lasts.
func (s *smtp) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	if err := s.deliver(ctx, msg); err != nil {
		return fmt.Errorf("send mail through %s: %w", s.addr, errors.Join(context.Cause(ctx), err))
	}
	return nil
}

func (s *smtp) compose(m Message) (*gomail.Msg, error) {
	if err := m.validate(); err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(s.from)
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("mail address %q: %w", m.To, err)
	}
	msg.Subject(m.Subject)
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	return msg, nil
}

// deliver sends the mail over a new connection, which ends with ctx at the latest.
func (s *smtp) deliver(ctx context.Context, msg *gomail.Msg) error {
	dial := func(context.Context, string, string) (net.Conn, error) { return s.dial(ctx) }
	client, err := gomail.NewClient(s.host, append(slices.Clip(s.options),
		gomail.WithDialContextFunc(dial))...)
	if err != nil {
		return err
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return err
	}
	// The server has taken the mail, or not; how it says good-bye does not matter.
	defer func() { _ = client.CloseWithSMTPClient(conn) }()
	return client.SendWithSMTPClient(conn, msg)
}

// dial connects, with TLS from the start if the options say so. The client heeds ctx only while it connects, and leaves
// the connection open where the greeting or the login goes wrong; here it is closed when ctx ends, whatever happened.
func (s *smtp) dial(ctx context.Context) (conn net.Conn, err error) {
	if s.useSSL {
		conn, err = (&tls.Dialer{Config: s.tls}).DialContext(ctx, "tcp", s.addr)
	} else {
		conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", s.addr)
	}
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = conn.Close() })
	return conn, nil
}
