package catalog

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) productOperations() []web.Operation {
	return operations[Product, *Product, productListRequest, productRequest, productChangeRequest](s,
		words{path: "products", noun: "Product", one: "a sealed product", many: "sealed products"}, newProductResponse)
}

type productListRequest struct {
	Game string               `query:"game" field:"max=50" help:"Only those of this game, such as pokemon."`
	Kind string               `query:"kind" field:"max=50" help:"Only those of this kind, such as booster-box."`
	Era  core.Optional[int64] `query:"era" field:"pk" help:"Only those of sets of this era, by its id."`
	Set  core.Optional[int64] `query:"set" field:"pk" help:"Only those of this set, by its id."`
	pageRequest
}

func (r productListRequest) filter() Filter {
	return Filter{Search: r.Search, Game: r.Game, Kind: r.Kind, EraOfSetID: r.Era.Ptr(), SetID: r.Set.Ptr()}
}

type productRequest struct {
	Slug  core.Optional[string] `json:"slug" field:"required,max=100" help:"Small letters, digits and hyphens."`
	Name  core.Optional[string] `json:"name" field:"required,max=200"`
	Game  core.Optional[string] `json:"game" field:"required,max=50" help:"Such as pokemon, magic; others are as good."`
	Kind  core.Optional[string] `json:"kind" field:"required,max=50" help:"Such as booster-pack, booster-box, elite-trainer-box, bundle, tin, starter-deck, blister, collection-box; others are as good."`
	Set   core.Optional[int64]  `json:"set" field:"null,pk"`
	Packs core.Optional[int32]  `json:"packs" field:"null,least=0" help:"Booster packs inside."`
	Cards core.Optional[int32]  `json:"cards" field:"null,least=0" help:"Cards inside, without those in packs."`
}

func (r productRequest) apply(p *Product) core.Columns { return ProductChange(r).apply(p) }

type productChangeRequest struct {
	idRequest
	productRequest
}

type productResponse struct {
	ID        int64          `json:"id"`
	Vendor    *int64         `json:"vendor" help:"Whose addition it is; null for everybody's."`
	Slug      string         `json:"slug"`
	Name      string         `json:"name"`
	Game      string         `json:"game"`
	Kind      string         `json:"kind"`
	Set       *int64         `json:"set"`
	Packs     *int32         `json:"packs"`
	Cards     *int32         `json:"cards"`
	UpdatedAt core.Timestamp `json:"updated_at"`
}

func newProductResponse(p *Product) productResponse {
	return productResponse{p.ID, p.VendorID, p.Slug, p.Name, p.Game, p.Kind, p.SetID, p.Packs, p.Cards, core.Timestamp(p.UpdatedAt)}
}

func (s *Service) accessoryOperations() []web.Operation {
	return operations[Accessory, *Accessory, accessoryListRequest, accessoryRequest, accessoryChangeRequest](s,
		words{path: "accessories", noun: "Accessory", one: "an accessory", many: "accessories"}, newAccessoryResponse)
}

type accessoryListRequest struct {
	Kind string `query:"kind" field:"max=50" help:"Only those of this kind, such as sleeves."`
	pageRequest
}

func (r accessoryListRequest) filter() Filter { return Filter{Search: r.Search, Kind: r.Kind} }

type accessoryRequest struct {
	Slug core.Optional[string] `json:"slug" field:"required,max=100" help:"Small letters, digits and hyphens."`
	Name core.Optional[string] `json:"name" field:"required,max=200"`
	Kind core.Optional[string] `json:"kind" field:"required,max=50" help:"Such as sleeves, toploaders, binders, deck-boxes, slab-cases; others are as good."`
}

func (r accessoryRequest) apply(a *Accessory) core.Columns { return AccessoryChange(r).apply(a) }

type accessoryChangeRequest struct {
	idRequest
	accessoryRequest
}

type accessoryResponse struct {
	ID        int64          `json:"id"`
	Vendor    *int64         `json:"vendor" help:"Whose addition it is; null for everybody's."`
	Slug      string         `json:"slug"`
	Name      string         `json:"name"`
	Kind      string         `json:"kind"`
	UpdatedAt core.Timestamp `json:"updated_at"`
}

func newAccessoryResponse(a *Accessory) accessoryResponse {
	return accessoryResponse{a.ID, a.VendorID, a.Slug, a.Name, a.Kind, core.Timestamp(a.UpdatedAt)}
}
