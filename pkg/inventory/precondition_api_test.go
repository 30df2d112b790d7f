package inventory_test

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
)

func TestETag_tellsWhatIsNew(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", "")
		for _, path := range []string{itemPath(id), itemsPath} {
			tag := alice.Get(t, path).Header.Get("ETag")
			if tag == "" {
				t.Fatalf("%s: no ETag", path)
			}
			for _, given := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
				res := alice.With("If-None-Match", given).Get(t, path)
				if res.Status != http.StatusNotModified || len(res.Body) > 0 || res.Header.Get("ETag") != tag {
					t.Errorf("%s: If-None-Match %s: status %d with %d bytes", path, given, res.Status, len(res.Body))
				}
			}
			alice.Patch(t, itemPath(id), fmt.Sprintf(`{"name": "after %s"}`, path)).Want(t, http.StatusOK, "")
			alice.With("If-None-Match", tag).Get(t, path).Want(t, http.StatusOK, "")
		}
	})
}

func TestIfMatch_refusesWhatSomebodyChanged(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		id := alice.add(t, "A", "")
		old := alice.With("If-Match", alice.Get(t, itemPath(id)).Header.Get("ETag"))
		const changed = `{"detail": "Somebody changed this in the meantime."}`
		old.Patch(t, itemPath(id), `{"quantity": 2}`).Want(t, http.StatusOK, "")
		old.Patch(t, itemPath(id), `{"quantity": 3}`).Want(t, http.StatusPreconditionFailed, changed)
		old.Put(t, itemPath(id), `{"name": "x", "sku": "A"}`).Want(t, http.StatusPreconditionFailed, changed)
		old.Delete(t, itemPath(id)).Want(t, http.StatusPreconditionFailed, changed)
		if got := alice.Get(t, itemPath(id)).Object(t, http.StatusOK); fmt.Sprint(got["quantity"]) != "2" {
			t.Errorf("quantity = %v, want 2", got["quantity"])
		}
		dave.With("If-Match", "*").Patch(t, itemPath(id), `{"quantity": 4}`).Want(t, http.StatusNotFound, "")
		alice.With("If-Match", "*").Delete(t, itemPath(id)).Want(t, http.StatusNoContent, "")
	})
}

func TestIfMatch_oneOfManyWins(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		id := alice.add(t, "A", "")
		client := alice.With("If-Match", alice.Get(t, itemPath(id)).Header.Get("ETag"))
		var won atomic.Int32
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				res := client.Patch(t, itemPath(id), fmt.Sprintf(`{"quantity": %d}`, 100+i))
				switch res.Status {
				case http.StatusOK:
					won.Add(1)
				case http.StatusPreconditionFailed:
				default:
					t.Errorf("status = %d: %s", res.Status, res.Body)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("%d changes won, want 1", won.Load())
		}
	})
}

func TestIdempotencyKey_answersAgain(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, dave shop) {
		client := alice.With("Idempotency-Key", "intake-1")
		body := alice.body("A", "")
		first := client.Post(t, itemsPath, body)
		id := first.ID(t, http.StatusCreated)
		again := client.Post(t, itemsPath, body)
		again.Want(t, http.StatusCreated, string(first.Body))
		if again.Header.Get("Idempotent-Replayed") != "true" || first.Header.Get("Idempotent-Replayed") != "" {
			t.Error("the replay is not marked as one, or the first answer is")
		}
		if again.ID(t, http.StatusCreated) != id {
			t.Error("the item was made twice")
		}
		client.Post(t, itemsPath, alice.body("B", "")).Want(t, http.StatusUnprocessableEntity, "")
		client.Post(t, "/api/v1/vendors/", body).Want(t, http.StatusUnprocessableEntity, "")
		if got := skus(t, alice.Get(t, itemsPath)); got != "A" {
			t.Errorf("skus = %s, want A alone", got)
		}
		// Another user's key is another key.
		dave.With("Idempotency-Key", "intake-1").Post(t, itemsPath, dave.body("D", "")).Want(t, http.StatusCreated, "")
		for _, bad := range []string{"", "ключ", string(make([]byte, 300))} {
			alice.With("Idempotency-Key", bad).Post(t, itemsPath, alice.body("C", "")).Want(t, http.StatusBadRequest, "")
		}
	})
}

func TestIdempotencyKey_freeAfterAFailure(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		client := alice.With("Idempotency-Key", "k")
		client.Post(t, itemsPath, `{"name": "x"}`).Want(t, http.StatusBadRequest, "")
		client.Post(t, itemsPath, alice.body("A", "")).Want(t, http.StatusCreated, "")
	})
}

func TestIdempotencyKey_sentManyTimesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, _ *apptest.App, alice, _ shop) {
		client := alice.With("Idempotency-Key", "k")
		var made atomic.Int32
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				res := client.Post(t, itemsPath, alice.body("A", ""))
				switch {
				case res.Status == http.StatusCreated && res.Header.Get("Idempotent-Replayed") == "":
					made.Add(1)
				case res.Status == http.StatusCreated, res.Status == http.StatusConflict:
				default:
					t.Errorf("status = %d: %s", res.Status, res.Body)
				}
			})
		}
		wg.Wait()
		if made.Load() != 1 || skus(t, alice.Get(t, itemsPath)) != "A" {
			t.Errorf("%d requests made an item, want 1", made.Load())
		}
	})
}

// A crash between the work and its answer leaves a key that is executed and has no answer.
func TestIdempotencyKey_answerLostInACrash(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		client := alice.With("Idempotency-Key", "k")
		body := alice.body("A", "")
		client.Post(t, itemsPath, body).Want(t, http.StatusCreated, "")
		set := func(assignments string) {
			q := a.DB.NewUpdate().Table("omnistock_idempotencykey").Set(assignments).Where("name = 'k'")
			if _, err := q.Exec(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		set("status = NULL, body = NULL")
		client.Post(t, itemsPath, body).Want(t, http.StatusConflict,
			`{"detail": "The request with this Idempotency-Key was carried out; its answer is lost."}`)

		// One that died before its work is taken over after a while, and only then.
		alice.Delete(t, itemPath(firstID(t, alice))).Want(t, http.StatusNoContent, "")
		set("executed = false")
		client.Post(t, itemsPath, body).Want(t, http.StatusConflict, "")
		set("started_at = '2020-01-01 00:00:00+00:00'")
		client.Post(t, itemsPath, body).Want(t, http.StatusCreated, "")
		set("expires_at = '2020-01-01 00:00:00+00:00'")
		client.Post(t, itemsPath, alice.body("B", "")).Want(t, http.StatusCreated, "")
	})
}

func firstID(t *testing.T, s shop) int64 {
	t.Helper()
	id, err := strconv.ParseInt(fmt.Sprint(s.Get(t, itemsPath).List(t)[0]["id"]), 10, 64)
	if err != nil {
		// List decodes numbers as floats.
		t.Fatal(err)
	}
	return id
}
