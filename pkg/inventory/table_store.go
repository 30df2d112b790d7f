package inventory

import (
	"strings"

	"github.com/omni-stock/omnistock/pkg/vendors"
)

// storeNames knows a vendor's stores by what tables call them: their slug, or their name where only one has it.
type storeNames struct {
	slugs  map[int64]string
	byText map[string]int64 // lower case; 0 for a name that several have
	only   int64            // the id of the only store, 0 where there are more
}

func newStoreNames(stores []*vendors.Store) storeNames {
	n := storeNames{slugs: map[int64]string{}, byText: map[string]int64{}}
	for _, st := range stores {
		name := strings.ToLower(strings.TrimSpace(st.Name))
		if _, taken := n.byText[name]; taken {
			n.byText[name] = 0
		} else {
			n.byText[name] = st.ID
		}
	}
	for _, st := range stores { // a slug comes before a name
		n.slugs[st.ID] = st.Slug
		n.byText[strings.ToLower(st.Slug)] = st.ID
	}
	if len(stores) == 1 {
		n.only = stores[0].ID
	}
	return n
}

// find returns the id of the store that a text names.
func (n storeNames) find(text string) (id int64, ok bool) {
	id = n.byText[strings.ToLower(strings.TrimSpace(text))]
	return id, id != 0
}

// textOf is a column's value in a table.
func (n storeNames) textOf(column *tableColumn, c *Collectible) string {
	if column.name == columnStore {
		return n.slugs[c.StoreID]
	}
	return column.text(c)
}
