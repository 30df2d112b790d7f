package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// soakServers are processes of the program that serve one database, each on a port of its own.
type soakServers struct {
	program *shopProgram
	mu      sync.Mutex
	list    []*runningServer
	logs    []*lockedBuffer // also of those that were killed
}

// start starts the server of a place.
func (c *soakServers) start(t *testing.T, place int) {
	t.Helper()
	cmd, _ := c.program.command(t, "serve", "127.0.0.1:0")
	s := &runningServer{cmd: cmd, out: &lockedBuffer{}}
	cmd.Stdout, cmd.Stderr = s.out, s.out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // a test that failed left it
		_ = cmd.Wait()
	})
	address := regexp.MustCompile(`serves on http://(\S+)`)
	for range 600 {
		if match := address.FindStringSubmatch(s.out.String()); match != nil {
			s.address = match[1]
			c.mu.Lock()
			c.list[place], c.logs = s, append(c.logs, s.out)
			c.mu.Unlock()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the server does not say where it serves: %s", s.out)
}

// kill ends the server of a place at once: clients go on asking it, in vain.
func (c *soakServers) kill(t *testing.T, place int) {
	t.Helper()
	s := c.list[place]
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = s.cmd.Wait() // it was killed
}

// stop ends all servers well.
func (c *soakServers) stop(t *testing.T) {
	t.Helper()
	for _, s := range c.list {
		s.interrupt(t)
	}
	for _, s := range c.list {
		if err := s.cmd.Wait(); err != nil {
			t.Errorf("serve ends with %v, want exit code 0", err)
		}
	}
}

// url is the address of one of the servers.
func (c *soakServers) url(random *rand.Rand) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return "http://" + c.list[random.IntN(len(c.list))].address
}

// newSoak makes two stores with the items, and servers for them.
func newSoak(t *testing.T, engine string, servers int) *soak {
	t.Helper()
	var database *dbtest.Server
	var p *shopProgram
	if engine == dbtest.Postgres && os.Getenv("OMNISTOCK_TEST_DATABASE_URL") == "" { // that one is not ours to be killed
		database = dbtest.NewServer(t)
		p = newProgramOn(t, database.URL)
		p.addShop(t)
	} else {
		p = newShopProgram(t, engine)
	}
	itself, err := exec.LookPath("omnistock-itself")
	if err != nil {
		t.Fatal(err)
	}
	p.path = itself // with the race detector, if this has it
	p.env = append(p.env, "DJANGO_SUPERUSER_PASSWORD=Owner-of-the-shop-1", "OMNISTOCK_PASSWORD_ITERATIONS=100000")
	now := time.Now().UTC()
	mustInsert(t, p.db, "collectibles_store", map[string]any{
		"id": 2, "name": "Annex", "slug": "annex", "metadata": "{}", "is_active": true, "created_at": now, "updated_at": now, "vendor_id": 1,
	})
	p.mustRun(t, "createuser", "--username", "ann", "--email", "ann@shop.example", "--noinput")
	p.mustRun(t, "member", "add", "--vendor", "ann", "--user", "ann", "--role", "owner")
	s := &soak{
		program: p, database: database, servers: &soakServers{program: p, list: make([]*runningServer, servers)},
		client:  &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: soakTills}},
		tallies: map[string]*tally{}, acknowledged: map[string]map[string]int64{}, deadline: now.Add(soakPatience),
	}
	for place := range servers {
		s.servers.start(t, place)
	}
	b := &till{soak: s, n: soakTills, random: rand.New(rand.NewPCG(0, 0))}
	token := b.decide(t, ask{kind: "log in", path: "/api/v1/auth/token/", body: map[string]any{"username": "ann", "password": "Owner-of-the-shop-1"}})
	s.token = token.Access
	for i := range soakItems {
		item := b.decide(t, ask{kind: "add", path: "/api/v1/collectibles/", body: map[string]any{
			"store": 1, "name": fmt.Sprint("Item ", i), "sku": fmt.Sprint("SOAK-", i), "quantity": 10, "price": "2.50", "intake_price": "1.10",
		}})
		s.items = append(s.items, item.ID)
		s.units.Add(10)
	}
	return s
}
