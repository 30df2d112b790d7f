package vendors

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Store is a place where a vendor sells: a shop, a web shop, a table at a convention, a warehouse.
type Store struct {
	bun.BaseModel `bun:"table:collectibles_store,alias:s"`

	ID             int64         `bun:"id,pk,autoincrement"`
	VendorID       int64         `bun:"vendor_id"`
	Name           string        `bun:"name"`
	Slug           string        `bun:"slug"` // unique for the vendor; kept when the name changes
	Type           *StoreType    `bun:"type"`
	Description    *string       `bun:"description"`
	Address        *string       `bun:"address"`
	Metadata       core.JSON     `bun:"metadata"`
	LogoURL        *string       `bun:"logo_url"`
	BannerURL      *string       `bun:"banner_url"`
	Currency       *string       `bun:"currency"`
	DefaultTaxRate *core.Percent `bun:"default_tax_rate"`
	IsActive       bool          `bun:"is_active"`
	CreatedAt      time.Time     `bun:"created_at"`
	UpdatedAt      time.Time     `bun:"updated_at"`
}

// CheckCurrency refuses amounts in another currency than the store's, for which "" stands, too.
func (st *Store) CheckCurrency(currency string) error {
	switch {
	case currency == "" || st.Currency != nil && currency == *st.Currency:
		return nil
	case st.Currency == nil || *st.Currency == "":
		return core.InvalidField("currency", "This store has no currency.")
	}
	return core.InvalidField("currency", "The currency of this store is "+*st.Currency+".")
}

// StoreType says what kind of place a store is; it may be empty.
type StoreType string

// Choices lists the kinds of store.
func (StoreType) Choices() []core.Choice {
	return []core.Choice{{Value: "retail", Label: "Retail"}, {Value: "online", Label: "Online"}, {Value: "popup", Label: "Pop-up"}, {Value: "warehouse", Label: "Warehouse"}}
}

// newDefaultStore is the store that a vendor has when nobody made one.
func newDefaultStore(vendorID int64, now time.Time) *Store {
	return &Store{
		VendorID: vendorID, Name: "Default Store", Slug: "default-store", IsActive: true,
		Metadata: core.JSON(`{"auto_created": true}`), CreatedAt: now, UpdatedAt: now,
	}
}

// StoreChange is what may be set of a store. A field that is absent stays as it is.
type StoreChange struct {
	Name           core.Optional[string]
	Type           core.Optional[StoreType]
	Description    core.Optional[string]
	Address        core.Optional[string]
	Metadata       core.Optional[core.JSON]
	LogoURL        core.Optional[string]
	BannerURL      core.Optional[string]
	Currency       core.Optional[string]
	DefaultTaxRate core.Optional[core.Percent]
	IsActive       core.Optional[bool]
}

// apply sets st's fields and returns the columns that were set.
func (c StoreChange) apply(st *Store) (set core.Columns) {
	set.Add("name", c.Name.Set(&st.Name))
	set.Add("type", c.Type.SetPtr(&st.Type))
	set.Add("description", c.Description.SetPtr(&st.Description))
	set.Add("address", c.Address.SetPtr(&st.Address))
	set.Add("metadata", c.Metadata.Set(&st.Metadata))
	set.Add("logo_url", c.LogoURL.SetPtr(&st.LogoURL))
	set.Add("banner_url", c.BannerURL.SetPtr(&st.BannerURL))
	set.Add("currency", c.Currency.SetPtr(&st.Currency))
	set.Add("default_tax_rate", c.DefaultTaxRate.SetPtr(&st.DefaultTaxRate))
	set.Add("is_active", c.IsActive.Set(&st.IsActive))
	return set
}
