package doctor

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// oldestPostgres is the first version with identity columns, which the schema has.
const oldestPostgres = 10

// endOfLife is the day after which a version gets no fixes: https://www.postgresql.org/support/versioning/.
var endOfLife = map[int]time.Time{
	10: time.Date(2022, 11, 10, 0, 0, 0, 0, time.UTC),
	11: time.Date(2023, 11, 9, 0, 0, 0, 0, time.UTC),
	12: time.Date(2024, 11, 21, 0, 0, 0, 0, time.UTC),
	13: time.Date(2025, 11, 13, 0, 0, 0, 0, time.UTC),
	14: time.Date(2026, 11, 12, 0, 0, 0, 0, time.UTC),
	15: time.Date(2027, 11, 11, 0, 0, 0, 0, time.UTC),
	16: time.Date(2028, 11, 9, 0, 0, 0, 0, time.UTC),
	17: time.Date(2029, 11, 8, 0, 0, 0, 0, time.UTC),
	18: time.Date(2030, 11, 14, 0, 0, 0, 0, time.UTC),
}

// server judges the version and the settings of the server.
func (d doctor) server(ctx context.Context) ([]check.Message, error) {
	s, err := selectServer(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	msgs := d.judgeVersion(s.Version)
	msgs = append(msgs, unless(s.Encoding == "UTF8", check.Message{
		Level: check.Error, ID: "postgres.E002", Text: "the database is encoded as " + s.Encoding + ", not as UTF8",
		Hint: "names that it has no letters for are refused; make one with ENCODING 'UTF8' and restore a backup into it",
	})...)
	msgs = append(msgs, unless(s.Fsync && s.FullPageWrites, check.Message{
		Level: check.Warning, ID: "postgres.W004", Text: "fsync or full_page_writes is off: a crash of the server's machine destroys the database",
		Hint: "switch both on in postgresql.conf",
	})...)
	msgs = append(msgs, unless(s.Autovacuum, check.Message{
		Level: check.Warning, ID: "postgres.W002", Text: "autovacuum is off: tables grow, and their statistics get old",
		Hint: "switch it on in postgresql.conf",
	})...)
	return append(msgs, unless(s.TimeZone == "UTC", check.Message{
		Level: check.Warning, ID: "postgres.W003", Text: "the connection's time zone is " + s.TimeZone + ", though the program asks for UTC",
		Hint: "let what stands between program and server, such as a connection pooler, pass on the parameter timezone",
	})...), nil
}

func (d doctor) judgeVersion(number int) []check.Message {
	major := number / 10_000
	if major < oldestPostgres {
		return one(check.Message{
			Level: check.Error, ID: "postgres.E001", Text: fmt.Sprintf("the server is PostgreSQL %d", major),
			Hint: fmt.Sprintf("%d is the first version that can hold the schema", oldestPostgres),
		})
	}
	end, known := endOfLife[major]
	return unless(!known || d.Now().Before(end), check.Message{
		Level: check.Warning, ID: "postgres.W001", Text: fmt.Sprintf("PostgreSQL %d gets no fixes since %s", major, end.Format(time.DateOnly)),
		Hint: "upgrade the server",
	})
}

// encryption wants TLS on the way to another machine. A private network is one that the operator may trust.
func (d doctor) encryption(ctx context.Context) ([]check.Message, error) {
	c, err := selectConnection(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	if c.Encrypted || c.Server == "" || isLocal(d.Host) {
		return nil, nil
	}
	m := check.Message{
		Level: check.Warning, ID: "postgres.W010", Text: "the connection to the database server at " + d.Host + " is not encrypted",
		Hint: "add sslmode=verify-full to DATABASE_URL, or set POSTGRES_SSL_MODE",
	}
	if address, err := netip.ParseAddr(c.Server); err == nil && address.IsPrivate() {
		m.Level, m.ID = check.Info, "postgres.I010"
	}
	return one(m), nil
}

// isLocal reports whether the host is this machine.
func isLocal(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasPrefix(host, "/") || err == nil && address.IsLoopback()
}
