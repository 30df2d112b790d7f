package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"strings"
	"testing"
	"time"
)

var reset = Message{
	To:      "ann@shop.example",
	Subject: "Reset your pässword",
	Text:    "Dear Ann,\n\nhttp://localhost:5173/reset?uid=1&token=abc-123\n",
}

// through returns a sender for the server; change, if given, may alter its options.
func through(t *testing.T, s *server, change func(*Options)) *smtp {
	t.Helper()
	o := Options{Backend: "smtp", From: "Shop <shop@shop.example>", Host: "127.0.0.1", Port: s.port(t), Timeout: 5 * time.Second}
	if change != nil {
		change(&o)
	}
	sender, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	client, ok := sender.(*smtp)
	if !ok {
		t.Fatalf("sender is a %T", sender)
	}
	return client
}

func TestSMTP_mailArrives(t *testing.T) {
	s := (&server{}).start(t)
	if err := through(t, s, nil).Send(t.Context(), reset); err != nil {
		t.Fatal(err)
	}
	commands, raw := s.log()
	for _, want := range []string{"MAIL FROM:<shop@shop.example>", "RCPT TO:<ann@shop.example>"} {
		if !strings.Contains(commands, want) {
			t.Errorf("no %s in\n%s", want, commands)
		}
	}
	if strings.Contains(commands, "AUTH") || strings.Contains(commands, "STARTTLS") {
		t.Errorf("asked for more than the settings say:\n%s", commands)
	}
	parsed, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got := parsed.Header.Get("From"); got != `"Shop" <shop@shop.example>` {
		t.Errorf("from = %s", got)
	}
	if got := parsed.Header.Get("Subject"); got != "=?UTF-8?q?Reset_your_p=C3=A4ssword?=" {
		t.Errorf("subject = %s", got)
	}
	body, _ := io.ReadAll(quotedprintable.NewReader(parsed.Body))
	if got := strings.ReplaceAll(string(body), "\r", ""); strings.TrimSpace(got) != strings.TrimSpace(reset.Text) {
		t.Errorf("body = %q, want %q", got, reset.Text)
	}
}

func TestSMTP_logsInOverTLS(t *testing.T) {
	web := httptest.NewTLSServer(nil) // for its certificate
	defer web.Close()
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	certificate := &tls.Config{Certificates: web.TLS.Certificates}
	for name, c := range map[string]struct {
		server *server
		change func(*Options)
	}{
		"STARTTLS": {&server{extensions: []string{"STARTTLS", "AUTH PLAIN"}}, func(o *Options) { o.UseTLS = true }},
		"SSL":      {&server{extensions: []string{"AUTH LOGIN PLAIN"}, ssl: true}, func(o *Options) { o.UseSSL = true }},
	} {
		c.server.tls = certificate
		c.server.start(t)
		sender := through(t, c.server, func(o *Options) { o.User, o.Password = "ann", "hunter2"; c.change(o) })
		sender.tls.RootCAs = roots
		if err := sender.Send(t.Context(), reset); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if commands, mail := c.server.log(); !strings.Contains(commands, "AUTH PLAIN") || mail == "" {
			t.Errorf("%s: no AUTH PLAIN or no mail in\n%s", name, commands)
		}
	}
}

func TestSMTP_passwordNeverInTheClear(t *testing.T) {
	s := (&server{extensions: []string{"AUTH PLAIN LOGIN"}}).start(t)
	sender := through(t, s, func(o *Options) {
		o.User, o.Password = "ann", "hunter2"
		o.Host = "::ffff:127.0.0.1" // not a name that counts as this machine
	})
	if err := sender.Send(t.Context(), reset); err == nil {
		t.Error("no error")
	}
	if commands, _ := s.log(); strings.Contains(commands, "AUTH") || !strings.Contains(commands, "EHLO") {
		t.Errorf("logged in without TLS, or never came:\n%s", commands)
	}
}

func TestSMTP_nothingSentWithoutTLS(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"starttls not offered": func(o *Options) { o.UseTLS = true },
		"server speaks no tls": func(o *Options) { o.UseSSL = true },
	} {
		s := (&server{}).start(t)
		if err := through(t, s, change).Send(t.Context(), reset); err == nil {
			t.Errorf("%s: no error", name)
		}
		if commands, _ := s.log(); strings.Contains(commands, "MAIL FROM") {
			t.Errorf("%s: sent in the clear:\n%s", name, commands)
		}
	}
}

func TestSMTP_serverRefuses(t *testing.T) {
	for verb, answer := range map[string]string{
		"MAIL": "451 not now",
		"RCPT": "550 nobody here",
		"DATA": "554 no",
	} {
		s := (&server{refuse: map[string]string{verb: answer}}).start(t)
		err := through(t, s, nil).Send(t.Context(), reset)
		if err == nil || !strings.Contains(err.Error(), answer[4:]) {
			t.Errorf("%s: error = %v, want %q", verb, err, answer)
		}
	}
}

func TestSMTP_nobodyListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{listener: listener}
	_ = listener.Close()
	if err := through(t, s, nil).Send(t.Context(), reset); err == nil {
		t.Error("no error")
	}
}

func TestSMTP_goodbyeDoesNotMatter(t *testing.T) {
	s := (&server{refuse: map[string]string{"QUIT": "421 no", "RSET": "421 no"}}).start(t)
	if err := through(t, s, nil).Send(t.Context(), reset); err != nil {
		t.Error(err)
	}
}

func TestSMTP_serverHangs(t *testing.T) {
	s := (&server{hang: true}).start(t)
	sender := through(t, s, func(o *Options) { o.Timeout = 100 * time.Millisecond })
	start := time.Now()
	if err := sender.Send(t.Context(), reset); err == nil {
		t.Error("no error")
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v, want 100ms", took)
	}
}

func TestSMTP_callerGivesUp(t *testing.T) {
	s := (&server{hang: true}).start(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	sender := through(t, s, func(o *Options) { o.Timeout = time.Second })
	start := time.Now()
	if err := sender.Send(ctx, reset); err == nil {
		t.Error("no error")
	}
	if took := time.Since(start); took > 900*time.Millisecond {
		t.Errorf("took %v, want 100ms", took)
	}
}
