package mail

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// server is an SMTP server that is just good enough for one client at a time.
type server struct {
	extensions []string          // what EHLO offers
	refuse     map[string]string // by verb: the answer in place of the usual one
	hang       bool              // it takes connections and never says a word
	tls        *tls.Config       // for STARTTLS
	ssl        bool              // TLS from the start

	listener net.Listener
	mu       sync.Mutex
	lines    []string // all commands so far
	mail     string   // the last mail, as it came
}

// start listens until the test ends.
func (s *server) start(t *testing.T) *server {
	t.Helper()
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := s.listener.Accept()
			if err != nil {
				return
			}
			open.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = s.listener.Close(); open.Wait() })
	return s
}

func (s *server) port(t *testing.T) int {
	t.Helper()
	addr, ok := s.listener.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatalf("listens on %v", s.listener.Addr())
	}
	return addr.Port
}

func (s *server) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	if s.hang {
		_, _ = io.Copy(io.Discard, conn)
		return
	}
	if s.ssl {
		conn = tls.Server(conn, s.tls)
	}
	text := textproto.NewConn(conn)
	_ = text.PrintfLine("220 test")
	for {
		line, err := text.ReadLine()
		if err != nil {
			return
		}
		s.note(line)
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch answer, refused := s.refuse[verb]; {
		case refused:
			_ = text.PrintfLine("%s", answer)
		case verb == "STARTTLS":
			_ = text.PrintfLine("220 go ahead")
			secured := tls.Server(conn, s.tls)
			text = textproto.NewConn(secured)
		default:
			s.answer(text, verb)
		}
	}
}

func (s *server) answer(text *textproto.Conn, verb string) {
	switch verb {
	case "EHLO":
		_ = text.PrintfLine("250-test greets you")
		for _, extension := range s.extensions {
			_ = text.PrintfLine("250-%s", extension)
		}
		_ = text.PrintfLine("250 8BITMIME")
	case "AUTH":
		_ = text.PrintfLine("235 welcome")
	case "DATA":
		_ = text.PrintfLine("354 go on")
		body, _ := io.ReadAll(bufio.NewReader(text.DotReader()))
		s.mu.Lock()
		s.mail = string(body)
		s.mu.Unlock()
		_ = text.PrintfLine("250 taken")
	default:
		_ = text.PrintfLine("250 fine")
	}
}

func (s *server) note(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, line)
}

// log returns all commands and the last mail.
func (s *server) log() (commands, mail string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.lines, "\n"), s.mail
}
