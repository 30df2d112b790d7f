package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// A soak's dimensions.
const (
	soakTills    = 64
	soakItems    = 50
	soakShort    = 5 * time.Second
	soakPatience = 2 * time.Minute // until a request has to be decided, whatever went down meanwhile
)

// soakVariable is how long a soak takes, such as 30s, with four servers on PostgreSQL.
const soakVariable = "OMNISTOCK_SOAK"

// TestSoak has 64 tills sell, take back, hold, transfer, receive and count the same 50 items of two stores, at several
// servers on PostgreSQL, at one on SQLite. Each request is sent again, wherever, until a server decides it; some are sent
// again after that, or twice at once. In the meantime servers are killed (-9) and started again, and on PostgreSQL all
// connections are terminated, and the database is killed and recovers. In the end each acknowledged request is in the
// database once, and no refused one.
//
// It takes 5 seconds an engine. The whole one:
//
//	OMNISTOCK_SOAK=30s go test ./cmd/omnistock -run TestSoak -v
func TestSoak(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			length, servers := soakShort, 2
			if text := os.Getenv(soakVariable); text != "" {
				var err error
				if length, err = time.ParseDuration(text); err != nil {
					t.Fatal(err)
				}
				servers = 4
			}
			if engine == dbtest.SQLite {
				servers = 1
			}
			s := newSoak(t, engine, servers)
			s.run(t, length)
			lots := s.lots(t)
			s.servers.stop(t)
			s.log(t, length)
			s.checkAnswers(t)
			s.checkKeys(t)
			s.checkUnits(t, lots)
		})
	}
}

// run lets the tills work, and everything else go down in the meantime.
func (s *soak) run(t *testing.T, length time.Duration) {
	t.Helper()
	end := time.Now().Add(length)
	s.deadline = end.Add(soakPatience)
	var tills sync.WaitGroup
	for n := range soakTills {
		b := &till{soak: s, n: n, random: rand.New(rand.NewPCG(uint64(n), 1))}
		tills.Go(func() {
			for time.Now().Before(end) && !t.Failed() {
				b.work(t)
			}
		})
	}
	for round := range 3 {
		time.Sleep(length / 8)
		s.servers.kill(t, round%len(s.servers.list))
		s.servers.start(t, round%len(s.servers.list))
		time.Sleep(length / 8)
		switch {
		case s.database != nil && round == 1:
			s.database.Kill(t)
			s.database.Start(t)
			t.Log("round 1: a server killed, the database killed and started again")
		case db.IsPostgres(s.program.db):
			n := s.program.count(t, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid()`)
			t.Logf("round %d: a server killed, %d connections terminated", round, n)
		}
	}
	tills.Wait()
}

// checkAnswers fails the test if a client or a log saw what none may see.
func (s *soak) checkAnswers(t *testing.T) {
	t.Helper()
	for kind, tally := range s.tallies {
		for status, n := range tally.statuses {
			if status == 500 || status == 400 || status == 401 || status == 403 || status == 422 {
				t.Errorf("%s: %d answers of status %d, such as %s", kind, n, status, tally.examples[status])
			}
		}
		if tally.statuses[200]+tally.statuses[201] == 0 {
			t.Errorf("%s: none was acknowledged", kind)
		}
	}
	for _, out := range s.servers.logs {
		for line := range strings.Lines(out.String()) {
			if strings.Contains(line, "deadlock") || strings.Contains(line, "database is locked") || strings.Contains(line, `"msg":"panic"`) {
				t.Errorf("log of a server: %s", line)
			}
		}
	}
}

// keyTables are where the documents of clients' keys are.
var keyTables = []string{
	"omnistock_sale", "omnistock_transfer", "omnistock_reservation", "omnistock_stock_movement", "omnistock_stocktake", "omnistock_acquisition",
	"omnistock_repack",
}

// checkKeys fails the test unless the documents of each table are those that were acknowledged.
func (s *soak) checkKeys(t *testing.T) {
	t.Helper()
	for _, table := range keyTables {
		var rows []struct {
			ID  int64
			Key string
		}
		err := s.program.db.NewRaw("SELECT id, client_key AS key FROM ? WHERE client_key IS NOT NULL", bun.Ident(table)).Scan(t.Context(), &rows)
		if err != nil {
			t.Fatal(err)
		}
		acknowledged := s.acknowledged[table]
		for _, row := range rows {
			if id, ok := acknowledged[row.Key]; !ok || id != row.ID {
				t.Errorf("%s: %q is %d, acknowledged %d (%t)", table, row.Key, row.ID, id, ok)
			}
		}
		if len(rows) != len(acknowledged) || len(rows) == 0 {
			t.Errorf("%s: %d documents, %d acknowledged", table, len(rows), len(acknowledged))
		}
	}
	for what, query := range map[string]string{
		"quantities below zero": "SELECT count(*) FROM collectibles_collectible WHERE quantity < 0",
		"levels below zero":     "SELECT count(*) FROM omnistock_stock_level WHERE quantity < 0",
		"movements below zero":  "SELECT count(*) FROM omnistock_stock_movement WHERE quantity_after < 0",
		"movements that nobody asked for": `SELECT count(*) FROM omnistock_stock_movement
			WHERE client_key IS NULL AND document IS NULL AND quantity_after <> delta`, // items come with units
		"movements of sales that no line has": `SELECT count(*) FROM omnistock_stock_movement AS m WHERE m.kind IN ('sale', 'return')
			AND (SELECT count(*) FROM omnistock_sale_line AS l WHERE l.movement_id = m.id) <> 1`,
		"receipt numbers missing or double": `SELECT count(*) FROM (SELECT store_id FROM omnistock_sale GROUP BY store_id
			HAVING min(receipt_number) <> 1 OR max(receipt_number) <> count(*) OR count(DISTINCT receipt_number) <> count(*)) AS stores`,
	} {
		if n := s.program.count(t, query); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
	t.Log(strings.TrimSpace(s.program.mustRun(t, "ledger", "verify")), strings.TrimSpace(s.program.mustRun(t, "receipt", "verify")))
}

// lots returns how many units are in the lots of all items, by their movements. It fails the test where they are not those
// that lie in stores or are on their way.
func (s *soak) lots(t *testing.T) (units int64) {
	t.Helper()
	b := &till{soak: s, random: rand.New(rand.NewPCG(0, 0))}
	for _, item := range s.items {
		inLots := int64(0)
		for _, lot := range b.request(t, b.random, http.MethodGet, ask{kind: "lots", path: fmt.Sprintf("/api/v1/collectibles/%d/lots/", item)}).Lots {
			inLots += lot.Units
		}
		there := int64(s.program.count(t, fmt.Sprintf(`SELECT (SELECT quantity FROM collectibles_collectible WHERE id = %d)
			+ (SELECT coalesce(sum(quantity), 0) FROM omnistock_stock_level WHERE item_id = %[1]d)
			+ (SELECT coalesce(sum(units - received - returned), 0) FROM omnistock_transfer_line WHERE item_id = %[1]d)`, item)))
		if inLots != there {
			t.Errorf("item %d: %d units in lots, %d there or on their way", item, inLots, there)
		}
		units += inLots
	}
	return units
}

// checkUnits fails the test unless there are as many units as the clients know of, whoever adds them up.
func (s *soak) checkUnits(t *testing.T, lots int64) {
	t.Helper()
	var valuation struct {
		Units     int64 `json:"units"`
		InTransit struct {
			Units int64 `json:"units"`
		} `json:"in_transit"`
	}
	if err := json.Unmarshal([]byte(s.program.mustRun(t, "valuation", "--vendor", "ann", "--json")), &valuation); err != nil {
		t.Fatal(err)
	}
	const lying = "(SELECT coalesce(sum(quantity), 0) FROM collectibles_collectible) + (SELECT coalesce(sum(quantity), 0) FROM omnistock_stock_level)"
	there := int64(s.program.count(t, "SELECT "+lying))
	underway := int64(s.program.count(t, "SELECT coalesce(sum(units - received - returned), 0) FROM omnistock_transfer_line"))
	counted := int64(s.program.count(t, "SELECT coalesce(sum(delta), 0) FROM omnistock_stock_movement WHERE kind = 'count'"))
	known := s.units.Load() + counted
	if valuation.Units != there || valuation.InTransit.Units != underway || lots != there+underway || known != there+underway {
		t.Errorf("%d units in stores and %d on their way; valued %d and %d; in lots %d; the clients know of %d",
			there, underway, valuation.Units, valuation.InTransit.Units, lots, known)
	}
	t.Logf("%d units in stores, %d on their way, %d by stocktakes", there, underway, counted)
}
