package mail_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/mail"
)

const want = `From: "Shöp" <shop@shop.example>
To: ann@shop.example
Subject: Réset
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

http://localhost:5173/reset?uid=1&token=abc
`

var reset = mail.Message{
	To:      "ann@shop.example",
	Subject: "Réset",
	Text:    "http://localhost:5173/reset?uid=1&token=abc\n",
}

func newSender(t *testing.T, o mail.Options) mail.Sender {
	t.Helper()
	o.From = "Shöp <shop@shop.example>"
	s, err := mail.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConsole_linksStayWhole(t *testing.T) {
	var out strings.Builder
	if err := newSender(t, mail.Options{Backend: "console", Out: &out}).Send(t.Context(), reset); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plainName(want)+strings.Repeat("-", 79)+"\n", out.String()); diff != "" {
		t.Error(diff)
	}
}

// plainName replaces the sender's name by its form in a header (RFC 2047).
func plainName(text string) string {
	return strings.Replace(text, `"Shöp"`, "=?utf-8?q?Sh=C3=B6p?=", 1)
}

func TestFolder_oneFileAMail(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	s := newSender(t, mail.Options{Backend: "file", Folder: dir})
	for range 2 {
		if err := s.Send(t.Context(), reset); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "mail-*.eml"))
	if err != nil || len(files) != 2 {
		t.Fatalf("files = %v, %v, want 2", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plainName(want), string(text)); diff != "" {
		t.Error(diff)
	}
	if info, _ := os.Stat(files[0]); info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, want 0600", info.Mode())
	}
}

func TestFolder_cannotBeMade(t *testing.T) {
	s := newSender(t, mail.Options{Backend: "file", Folder: "/dev/null/mail"})
	if err := s.Send(t.Context(), reset); err == nil {
		t.Error("no error")
	}
}

func TestOutbox_keepsMails(t *testing.T) {
	s := newSender(t, mail.Options{Backend: "memory"})
	if err := s.Send(t.Context(), reset); err != nil {
		t.Fatal(err)
	}
	outbox, ok := s.(*mail.Outbox)
	if !ok {
		t.Fatalf("sender is a %T", s)
	}
	if diff := cmp.Diff([]mail.Message{reset}, outbox.Sent()); diff != "" {
		t.Error(diff)
	}
}

func TestSend_headerInjectionRefused(t *testing.T) {
	var out strings.Builder
	dir, outbox := t.TempDir(), &mail.Outbox{}
	senders := map[string]mail.Sender{
		"console": newSender(t, mail.Options{Backend: "console", Out: &out}),
		"file":    newSender(t, mail.Options{Backend: "file", Folder: dir}),
		"memory":  outbox,
		"smtp":    newSender(t, mail.Options{Backend: "smtp", Host: "127.0.0.1", Port: 1}),
	}
	bad := []mail.Message{
		{To: "ann@shop.example", Subject: "Hi\nBcc: eve@shop.example"},
		{To: "ann@shop.example", Subject: "Hi\rBcc: eve@shop.example"},
		{To: "ann@shop.example\nBcc: eve@shop.example", Subject: "Hi"},
		{To: "ann@shop.example, eve@shop.example", Subject: "Hi"},
		{To: "Ann <ann@shop.example>", Subject: "Hi"},
		{To: "ann", Subject: "Hi"},
		{To: "", Subject: "Hi"},
	}
	for name, s := range senders {
		for _, m := range bad {
			if err := s.Send(t.Context(), m); err == nil || !strings.Contains(err.Error(), "mail ") {
				t.Errorf("%s: %+v: error = %v, want a refusal", name, m, err)
			}
		}
	}
	files, _ := os.ReadDir(dir)
	if out.Len()+len(files)+len(outbox.Sent()) > 0 {
		t.Errorf("written: %q, %v, %v", out.String(), files, outbox.Sent())
	}
}

func TestNew_refused(t *testing.T) {
	for name, o := range map[string]mail.Options{
		"unknown backend": {Backend: "pigeon", From: "a@b.example"},
		"no sender":       {Backend: "console"},
		"header in From":  {Backend: "console", From: "a@b.example\nBcc: c@d.example"},
		"no server":       {Backend: "smtp", From: "a@b.example", Port: 25},
		"bad port":        {Backend: "smtp", From: "a@b.example", Host: "localhost", Port: 70000},
	} {
		if _, err := mail.New(o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
