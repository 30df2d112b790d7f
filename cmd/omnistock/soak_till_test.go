package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// A soak is what all tills share.
type soak struct {
	program  *shopProgram
	database *dbtest.Server // that is killed, too; nil for one that is not ours, and for SQLite, which dies with the program
	servers  *soakServers
	client   *http.Client
	token    string
	items    []int64
	deadline time.Time
	units    atomic.Int64 // that there are to be, by what was acknowledged

	mu           sync.Mutex
	tallies      map[string]*tally
	acknowledged map[string]map[string]int64 // ids of documents, by table and client key
}

// A tally is what became of the requests of one kind.
type tally struct {
	done     int
	lost     int // no answer came
	again    int // sent although it was decided, or twice at once
	statuses map[int]int
	examples map[int]string // an answer of each status
}

// An ask is what a till asks for, as often as it takes.
type ask struct {
	kind, path string
	table      string // where its document is, under its key
	body       map[string]any
}

// A verdict is what the tills read of one.
type verdict struct {
	status int
	Access string
	ID     int64
	Lines  []struct {
		ID    int64
		Units int32
	}
	Places []struct{ Store, Quantity int64 }
	Lots   []struct{ Units int64 } // where it is a list
}

func (v verdict) isDone() bool { return v.status == http.StatusOK || v.status == http.StatusCreated }

// A till is a client that does one thing after the other.
type till struct {
	*soak
	n, serial int
	random    *rand.Rand
	sold      []verdict
}

// request sends an ask until a server decides it: it answers, and not that it cannot.
func (b *till) request(t *testing.T, random *rand.Rand, method string, a ask) (got verdict) {
	body, err := json.Marshal(a.body)
	if err != nil {
		t.Error(err)
	}
	for time.Now().Before(b.deadline) {
		request, err := http.NewRequestWithContext(t.Context(), method, b.servers.url(random)+a.path, bytes.NewReader(body))
		if err != nil {
			t.Error(err)
			return got
		}
		request.Header.Set("Content-Type", "application/json")
		if b.token != "" {
			request.Header.Set("Authorization", "Bearer "+b.token)
		}
		text, status := b.exchange(request)
		b.note(a.kind, status, text)
		if status != 0 && status < http.StatusInternalServerError {
			read := any(&got)
			if bytes.HasPrefix(text, []byte("[")) {
				read = &got.Lots
			}
			if err := json.Unmarshal(text, read); err != nil {
				t.Errorf("%s: %v: %s", a.kind, err, text)
			}
			got.status = status
			return got
		}
		time.Sleep(time.Duration(5+random.IntN(20)) * time.Millisecond)
	}
	t.Errorf("%s: no server decides it", a.kind)
	return got
}

// exchange returns status 0 if no answer came.
func (s *soak) exchange(request *http.Request) (text []byte, status int) {
	response, err := s.client.Do(request)
	if err != nil {
		return nil, 0
	}
	defer func() { _ = response.Body.Close() }()
	if text, err = io.ReadAll(response.Body); err != nil {
		return nil, 0
	}
	return text, response.StatusCode
}

func (s *soak) note(kind string, status int, text []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.tally(kind)
	if status == 0 {
		c.lost++
		return
	}
	c.statuses[status]++
	c.examples[status] = string(text)
}

// tally is that of a kind; mu is locked.
func (s *soak) tally(kind string) *tally {
	if s.tallies[kind] == nil {
		s.tallies[kind] = &tally{statuses: map[int]int{}, examples: map[int]string{}}
	}
	return s.tallies[kind]
}

// decide sends an ask, in one case of eight twice at once, in another one again once it is decided: with the same outcome.
// What has a table gets a key, and is noted as acknowledged.
func (b *till) decide(t *testing.T, a ask) verdict {
	if a.table != "" {
		b.serial++
		a.body["client_key"] = fmt.Sprintf("%s/%d/%d", a.kind, b.n, b.serial)
	}
	var got verdict
	how := b.random.IntN(8)
	if a.table != "" && how == 0 {
		got = b.twice(t, a)
	} else {
		got = b.request(t, b.random, http.MethodPost, a)
	}
	if a.table != "" && how == 1 && got.isDone() {
		again := b.request(t, b.random, http.MethodPost, a)
		b.compare(t, a, got, again)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.tally(a.kind)
	c.done++
	if how < 2 && a.table != "" {
		c.again++
	}
	if a.table != "" && got.isDone() {
		if b.acknowledged[a.table] == nil {
			b.acknowledged[a.table] = map[string]int64{}
		}
		b.acknowledged[a.table][a.body["client_key"].(string)] = got.ID
	}
	return got
}

// twice sends an ask twice at once. One of the two may come too early for what is there, and be refused; not so a third one.
func (b *till) twice(t *testing.T, a ask) verdict {
	other := make(chan verdict, 1)
	random := rand.New(rand.NewPCG(b.random.Uint64(), 2))
	go func() { other <- b.request(t, random, http.MethodPost, a) }()
	got := b.request(t, b.random, http.MethodPost, a)
	twin := <-other
	if !got.isDone() {
		got, twin = twin, got
	}
	if got.isDone() && !twin.isDone() {
		twin = b.request(t, b.random, http.MethodPost, a)
	}
	b.compare(t, a, got, twin)
	return got
}

func (b *till) compare(t *testing.T, a ask, one, other verdict) {
	if one.isDone() != other.isDone() || one.ID != other.ID {
		t.Errorf("%s %v: answered with %d (id %d), and with %d (id %d)", a.kind, a.body["client_key"], one.status, one.ID, other.status, other.ID)
	}
}

// log reports what was done.
func (s *soak) log(t *testing.T, length time.Duration) {
	t.Helper()
	all := 0
	for _, kind := range slices.Sorted(maps.Keys(s.tallies)) {
		c := s.tallies[kind]
		all += c.done
		t.Logf("%-10s %6d decided, %6.1f/s; without answer %d, repeated on purpose %d; answers %v",
			kind, c.done, float64(c.done)/length.Seconds(), c.lost, c.again, c.statuses)
	}
	t.Logf("%d operations, %.1f/s", all, float64(all)/length.Seconds())
}
