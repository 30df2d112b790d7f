package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// A requestLoad is a shop whose counter never rests: it posts collectibles to a server, so many a second.
type requestLoad struct {
	api    string
	token  string
	store  int64
	client *http.Client

	mu           sync.Mutex
	acknowledged []string // SKUs
	took         []time.Duration
}

// post sends a request and reads the JSON of a 201 or 200 into answer.
func (l *requestLoad) post(path, body string, answer any) error {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, l.api+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if l.token != "" {
		request.Header.Set("Authorization", "Bearer "+l.token)
	}
	response, err := l.client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusCreated && response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: status %d: %s", path, response.StatusCode, text)
	}
	return json.Unmarshal(text, answer)
}

// newRequestLoad opens a shop on the server.
func newRequestLoad(t testing.TB, server *runningServer) *requestLoad {
	t.Helper()
	l := &requestLoad{api: "http://" + server.address + "/api/v1/", client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: mostAtOnce}}}
	var tokens struct{ Access string }
	var shop struct{ Stores []struct{ ID int64 } }
	var ignored any
	for _, step := range []struct {
		path, body string
		answer     any
	}{
		{"auth/register/", `{"username": "bea", "email": "bea@shop.example", "password": "Collect-them-all-1", "birthdate": "1990-01-02"}`, &ignored},
		{"auth/token/", `{"username": "bea", "password": "Collect-them-all-1"}`, &tokens},
		{"vendors/", `{"name": "Bea"}`, &shop},
	} {
		if err := l.post(step.path, step.body, step.answer); err != nil {
			t.Fatal(err)
		}
		l.token = tokens.Access
	}
	l.store = shop.Stores[0].ID
	return l
}

// mostAtOnce is how many requests wait for an answer before the next one has to wait.
const mostAtOnce = 64

// run sends requests until ctx ends, and waits for their answers.
func (l *requestLoad) run(ctx context.Context, t testing.TB, perSecond int) {
	t.Helper()
	ticker := time.NewTicker(time.Second / time.Duration(perSecond))
	defer ticker.Stop()
	var requests sync.WaitGroup
	defer requests.Wait()
	places := make(chan struct{}, mostAtOnce)
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		places <- struct{}{}
		requests.Go(func() {
			if err := l.create(fmt.Sprintf("L-%06d", n)); err != nil {
				t.Error(err)
			}
			<-places
		})
	}
}

// create makes a collectible with a card, and notes that the server said so.
func (l *requestLoad) create(sku string) error {
	start := time.Now()
	var ignored any
	err := l.post("collectibles/", fmt.Sprintf(`{"name": "Item", "sku": %q, "store": %d, "quantity": 3, "price": "12.50", "intake_price": "4.00",
		"projected_price": "20.00", "card_details": {"language": "English"}}`, sku, l.store), &ignored)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acknowledged = append(l.acknowledged, sku)
	l.took = append(l.took, time.Since(start))
	return nil
}

// done are the SKUs that were acknowledged by now.
func (l *requestLoad) done() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.acknowledged)
}

// backUpUnderLoad makes archives of a shop with so many items while a server answers so many writes a second, and checks
// each.
func backUpUnderLoad(t testing.TB, engine string, items, perSecond, archives int) (l *requestLoad, lasted time.Duration) {
	t.Helper()
	p := newProgramOn(t, dbtest.NewURL(t, engine))
	l = newRequestLoad(t, start(t, p.path, p.env...))
	stock := filepath.Join(p.dir, "stock.csv")
	if err := os.WriteFile(stock, []byte(importTable(items)), 0o600); err != nil {
		t.Fatal(err)
	}
	p.mustRun(t, "import", "collectibles", stock)
	ctx, stop := context.WithCancel(t.Context())
	var load sync.WaitGroup
	begin := time.Now()
	load.Go(func() { l.run(ctx, t, perSecond) })
	before := map[string][]string{}
	for n := range archives {
		time.Sleep(time.Second)
		path := filepath.Join(p.dir, fmt.Sprintf("%d.tar.zst", n))
		before[path] = l.done()
		p.mustRun(t, "backup", path)
		t.Logf("%s: %d writes before, %d during", engine, len(before[path]), len(l.done())-len(before[path]))
	}
	stop()
	load.Wait()
	lasted = time.Since(begin)
	for path, skus := range before {
		checkArchive(t, p, path, skus)
	}
	return l, lasted
}

// checkArchive puts an archive back: it passes every check, its ledger is whole, and it has the SKUs.
func checkArchive(t testing.TB, p *shopProgram, path string, skus []string) {
	t.Helper()
	p.mustRun(t, "restore", "--verify", path)
	restored := &shopProgram{dir: t.TempDir(), path: p.path, env: slices.DeleteFunc(slices.Clone(p.env), func(setting string) bool {
		return strings.HasPrefix(setting, "DATABASE_URL=") || strings.HasPrefix(setting, "OMNISTOCK_DATA_DIR=")
	})}
	restored.env = append(restored.env, "OMNISTOCK_DATA_DIR="+restored.dir)
	restored.mustRun(t, "restore", path)
	restored.mustRun(t, "ledger", "verify")
	table := restored.mustRun(t, "export", "collectibles", "--vendor", "bea", "--columns", "sku,quantity,language")
	for _, sku := range skus {
		if !strings.Contains(table, "\n"+sku+",3,English") {
			t.Errorf("%s was acknowledged before %s was begun, and is not in it", sku, filepath.Base(path))
		}
	}
}

// TestBackup_whileRequestsWrite runs the program as operators do: a server under load, and the command beside it.
func TestBackup_whileRequestsWrite(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			l, _ := backUpUnderLoad(t, engine, importRows, 200, 2)
			if len(l.acknowledged) < 200 {
				t.Errorf("%d writes: that is no load", len(l.acknowledged))
			}
		})
	}
}

// BenchmarkBackup_underRequests is the same with 100,000 items, at 200 requests a second; it says how many were answered, and how soon.
func BenchmarkBackup_underRequests(b *testing.B) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				l, lasted := backUpUnderLoad(b, engine, 100_000, 200, 3)
				slices.Sort(l.took)
				b.ReportMetric(float64(len(l.took))/lasted.Seconds(), "requests/s")
				b.ReportMetric(float64(l.took[len(l.took)*99/100].Microseconds())/1000, "p99-ms")
			}
		})
	}
}
