package inventory_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

// marker stands in all that the victim says of itself. Whoever else sees it has seen too much.
const marker = "zyzzyva"

// A world is a vendor, the victim, and people who are to see nothing of it.
type world struct {
	app    *apptest.App
	victim int64      // the vendor
	theirs ids        // the victim's objects
	ours   ids        // the rival vendor's objects
	actors []outsider // who look at the victim
}

// ids names one object of each kind.
type ids map[kind]int64

// A kind of object that an id in a request may name.
type kind string

const (
	vendor, store, member kind = "vendor", "store", "member"
	invite, access, item  kind = "invite", "access", "item"
	image, user, movement kind = "image", "user", "movement"
	annex, transfer       kind = "annex", "transfer"   // another store, and what is on its way there
	sent, reservation     kind = "sent", "reservation" // another transfer

	era, set, product kind = "era", "set", "product"
	accessory, grader kind = "accessory", "grader"
	axis, value       kind = "axis", "value"
	price             kind = "price"
	counting, counted kind = "stocktake", "closed stocktake"
	piece             kind = "piece"
	sale, line        kind = "sale", "line" // of it
	voided            kind = "voided sale"
	acquisition       kind = "acquisition"
	bundle, repack    kind = "bundle", "repack" // another item, which came by it
)

// missing is an id that no object has.
const missing = 987654321

const rivalOwner = "the rival's owner"

// An outsider is not, or not any more, or not yet, at the victim.
type outsider struct {
	name string
	apptest.Client
	namesVictim bool // on their profile, from a time when they were there
}

func newWorld(t *testing.T, a *apptest.App) *world {
	t.Helper()
	nobody := domainstest.Shop{App: a}
	victim, rival := shop{nobody.As(t, marker)}, shop{nobody.As(t, "rival")}
	w := &world{app: a, victim: victim.Vendor, theirs: newObjects(t, a, victim, marker), ours: newObjects(t, a, rival, "rivals")}
	rival.Post(t, fmt.Sprintf("/api/v1/stock/movements/%d/undo/", w.ours[movement]), nil).Want(t, http.StatusCreated, "")     // fails from now on
	rival.Post(t, fmt.Sprintf("/api/v1/stock/transfers/%d/cancel/", w.ours[sent]), nil).Want(t, http.StatusOK, "")            // likewise
	rival.Post(t, fmt.Sprintf("/api/v1/stock/reservations/%d/release/", w.ours[reservation]), nil).Want(t, http.StatusOK, "") // likewise
	rival.Post(t, fmt.Sprintf("/api/v1/sales/%d/void/", w.ours[voided]), `{"reason": "x"}`).Want(t, http.StatusCreated, "")   // likewise
	rival.Post(t, fmt.Sprintf("/api/v1/stock/acquisitions/%d/undo/", w.ours[acquisition]), nil).Want(t, http.StatusOK, "")    // likewise
	rival.Post(t, fmt.Sprintf("/api/v1/stock/repacks/%d/undo/", w.ours[repack]), nil).Want(t, http.StatusOK, "")              // likewise
	w.actors = append(w.employees(t, rival), w.formerPeople(t, victim, rival)...)
	w.actors = append(w.actors, outsider{name: "stranger", Client: a.SignUp(t, "stranger")}, outsider{name: "nobody", Client: a.Client})
	return w
}

// newObjects gives a shop one object of each kind, with the name in all texts.
func newObjects(t *testing.T, a *apptest.App, s shop, name string) ids {
	t.Helper()
	s.Patch(t, at(vendorsPath, s.Vendor), map[string]any{"description": name, "contact_info": name}).Want(t, http.StatusOK, "")
	s.Patch(t, at(storesPath, s.Store), map[string]any{"name": name, "description": name}).Want(t, http.StatusOK, "")
	person := s.Employ(t, name+"-clerk", "staff")
	s.Patch(t, at(membersPath, person.Member), map[string]any{"title": name}).Want(t, http.StatusOK, "")
	a.SignUp(t, name+"-guest")
	members := fmt.Sprintf(`"name": %[1]q, "description": %[1]q, "category": %[1]q, "card_details": {"notes": %[1]q, "language": %[1]q},
		"image_payloads": [{"url": "https://%[1]s.example/1"}],`, name)
	made := ids{
		vendor: s.Vendor, store: s.Store, member: person.Member, item: s.add(t, name, members),
		invite: s.Invite(t, name+"-guest", "staff"), access: s.Grant(t, s.Store, person.Member, "sales"),
		user: person.Get(t, "/api/v1/auth/me/").ID(t, http.StatusOK),
	}
	made[image] = s.Upload(t, itemPath(made[item])+"images/", apptest.File(apptest.PNG(t, 1, 1))).ID(t, http.StatusCreated)
	s.Post(t, itemPath(made[item])+"movements/", `{"kind": "receive", "delta": 1}`).Want(t, http.StatusCreated, "") // its id is no store's, then
	made[movement] = s.Post(t, itemPath(made[item])+"movements/", map[string]any{"kind": "receive", "delta": 100, "reason": name, "client_key": name}).
		ID(t, http.StatusCreated)
	made[annex] = s.Post(t, storesPath, map[string]any{"name": name + " annex"}).ID(t, http.StatusCreated)
	s.Post(t, itemPath(made[item])+"movements/", `{"kind": "receive", "delta": 1000}`).Want(t, http.StatusCreated, "")
	for _, which := range []kind{transfer, sent} {
		made[which] = s.Post(t, "/api/v1/stock/transfers/", map[string]any{
			"from_store": s.Store, "to_store": made[annex], "lines": []any{map[string]any{"item": made[item], "units": 300}}, "note": name,
		}).ID(t, http.StatusCreated)
	}
	made[reservation] = s.Post(t, "/api/v1/stock/reservations/", map[string]any{"item": made[item], "units": 1, "reference": name}).ID(t, http.StatusCreated)
	s.addReference(t, made, name)
	made[price] = s.Post(t, itemPath(made[item])+"prices/", map[string]any{"source": name, "amount": "4.00", "currency": "USD"}).
		ID(t, http.StatusCreated)
	made[piece] = s.Post(t, itemPath(made[item])+"units/", map[string]any{"grader": "psa", "certificate": name, "position": name}).ID(t, http.StatusCreated)
	s.addSales(t, made, name)
	made[bundle] = s.add(t, name+"-bundle", fmt.Sprintf(`"name": %q,`, name))
	made[acquisition] = s.Post(t, "/api/v1/stock/acquisitions/", map[string]any{
		"store": s.Store, "cost": "7.00", "supplier": name, "client_key": name, "lines": []any{map[string]any{"item": made[item], "units": 1}},
	}).ID(t, http.StatusCreated)
	made[repack] = s.Post(t, "/api/v1/stock/repacks/", map[string]any{
		"kind": "assemble", "store": s.Store, "note": name, "client_key": name, "taken": []any{map[string]any{"item": made[item], "units": 2}},
		"made": []any{map[string]any{"item": made[bundle], "units": 1}},
	}).ID(t, http.StatusCreated)
	made[counting] = s.Post(t, "/api/v1/stocktakes/", map[string]any{"store": s.Store, "category": name, "note": name}).ID(t, http.StatusCreated)
	made[counted] = s.Post(t, "/api/v1/stocktakes/", map[string]any{"store": s.Store, "category": "other " + name, "note": name}).ID(t, http.StatusCreated)
	s.Post(t, fmt.Sprintf("/api/v1/stocktakes/%d/cancel/", made[counted]), nil).Want(t, http.StatusOK, "")
	return made
}

// addSales gives it two sales of the item: one of so many units, a piece among them, that all returns find some, and one to
// make void.
func (s shop) addSales(t *testing.T, made ids, name string) {
	t.Helper()
	s.Post(t, itemPath(made[item])+"movements/", `{"kind": "receive", "delta": 20000}`).Want(t, http.StatusCreated, "")
	gone := s.Post(t, itemPath(made[item])+"units/", map[string]any{"grader": "psa", "certificate": name + "-sold"}).ID(t, http.StatusCreated)
	sell := func(units int, pieces ...int64) *apptest.Response {
		return s.Post(t, "/api/v1/sales/", map[string]any{
			"store": s.Store, "note": name, "client_key": fmt.Sprint(name, units),
			"lines": []any{map[string]any{"item": made[item], "units": units, "unit_price": "0.00", "serials": append([]int64{}, pieces...)}},
		})
	}
	res := sell(10000, gone)
	made[sale], made[voided] = res.ID(t, http.StatusCreated), sell(1).ID(t, http.StatusCreated)
	sold, _ := res.Object(t, http.StatusCreated)["lines"].([]any)[0].(map[string]any)
	var id int64
	if _, err := fmt.Sscan(fmt.Sprint(sold["id"]), &id); err != nil {
		t.Fatal(err)
	}
	made[line] = id
}

// addReference adds one row of each kind of reference data, and a variant of the item that names some.
func (s shop) addReference(t *testing.T, made ids, name string) {
	t.Helper()
	add := func(list, members string) int64 {
		body := fmt.Sprintf(`{"slug": "%[1]s", "name": "%[1]s" %s}`, name, members)
		return s.Post(t, "/api/v1/reference/"+list+"/", body).ID(t, http.StatusCreated)
	}
	made[era] = add("eras", `, "game": "g"`)
	made[set] = add("sets", fmt.Sprintf(`, "game": "g", "era": %d`, made[era]))
	made[product] = add("products", fmt.Sprintf(`, "game": "g", "kind": "k", "set": %d`, made[set]))
	made[accessory] = add("accessories", `, "kind": "k"`)
	made[grader] = add("graders", `, "lowest": "1", "highest": "10"`)
	s.Post(t, "/api/v1/reference/graders/", `{"slug": "psa", "name": "PSA", "lowest": "1", "highest": "10"}`).Want(t, http.StatusCreated, "") // of pieces
	made[axis] = add("axes", "")
	made[value] = add("values", fmt.Sprintf(`, "axis": %d`, made[axis]))
	body := fmt.Sprintf(`{"attributes": [{"axis": %d, "value": %d}], "product": %d, "set": %d}`, made[axis], made[value], made[product], made[set])
	s.Put(t, itemPath(made[item])+"attributes/", body).Want(t, http.StatusOK, "")
}

// employees are the rival's people: one of each role, and one whom only their profile ties to it.
func (w *world) employees(t *testing.T, rival shop) []outsider {
	t.Helper()
	people := []outsider{{name: rivalOwner, Client: rival.Client}}
	for _, role := range []string{"admin", "manager", "member", "staff", "billing", "viewer"} {
		person := rival.Employ(t, "rival-"+role, role)
		rival.Grant(t, rival.Store, person.Member, "manager")
		people = append(people, outsider{name: "the rival's " + role, Client: person.Client})
	}
	linked := w.app.SignUp(t, "rival-linked")
	nameVendor(t, w.app, "rival-linked", rival.Vendor)
	return append(people, outsider{name: "the rival's by profile", Client: linked})
}

// formerPeople knew the victim once, or might have: all have access to its store and name it on their profile.
func (w *world) formerPeople(t *testing.T, victim, rival shop) (people []outsider) {
	t.Helper()
	join := func(name string) (apptest.Client, int64) {
		client := w.app.SignUp(t, name)
		id := victim.Invite(t, name, "admin")
		victim.Grant(t, victim.Store, id, "manager")
		return client, id
	}
	answer := func(client apptest.Client, id int64, how string) {
		client.Post(t, at(invitesPath, id)+how+"/", nil).Want(t, http.StatusOK, "")
	}
	invited, _ := join("once-invited")
	declined, declinedID := join("once-declined")
	answer(declined, declinedID, "decline")
	former, formerID := join("once-former")
	answer(former, formerID, "accept")
	former.Post(t, storesPath+"select/", map[string]any{"store": victim.Store}).Want(t, http.StatusOK, "")
	defector, defectorID := join("once-defector")
	answer(defector, defectorID, "accept")
	answer(defector, rival.Invite(t, "once-defector", "owner"), "accept")
	for _, id := range []int64{formerID, defectorID} {
		victim.Delete(t, at(membersPath, id)).Want(t, http.StatusNoContent, "")
	}
	for name, client := range map[string]apptest.Client{"once-invited": invited, "once-declined": declined, "once-former": former, "once-defector": defector} {
		nameVendor(t, w.app, name, victim.Vendor)
		people = append(people, outsider{name: name, Client: client, namesVictim: true})
	}
	return people
}
