package inventory

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) collectibleOperations() []web.Operation {
	const list, detail = listPath, listPath + ":id/"
	forbidden := []int{http.StatusForbidden}
	unchanged := []int{http.StatusForbidden, http.StatusConflict}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: list, ID: "collectibles_list", Tag: "collectibles", Suffix: true,
			Summary: "List the stock of the vendor you work for", Description: aboutPages, Access: web.LoggedIn,
			Endpoint: web.JSONWithHeader(s.listCollectibles),
		},
		{
			Method: http.MethodPost, Path: list, ID: "collectibles_create", Tag: "collectibles", Summary: "Create a collectible",
			Description: "Its quantity is entered into the ledger.", Access: web.LoggedIn, Status: http.StatusCreated,
			Fails: forbidden, Endpoint: web.JSON(s.createCollectible),
		},
		{
			Method: http.MethodGet, Path: detail, ID: "collectibles_retrieve", Tag: "collectibles", Suffix: true,
			Summary: "Show a collectible", Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.getCollectible),
		},
		{
			Method: http.MethodPut, Path: detail, ID: "collectibles_update", Tag: "collectibles", Summary: "Change a collectible",
			Description: "Optional fields that are absent stay as they are.", Access: web.LoggedIn, IfMatch: true, Fails: unchanged,
			Endpoint: web.JSON(s.changeCollectible),
		},
		{
			Method: http.MethodPatch, Path: detail, ID: "collectibles_partial_update", Tag: "collectibles",
			Summary:     "Change fields of a collectible",
			Description: "A change of the quantity or the store is entered into the ledger. It stays in its store while units of it are held there.",
			Access:      web.LoggedIn, IfMatch: true, Fails: unchanged, Endpoint: web.JSON(s.changeCollectible),
		},
		{
			Method: http.MethodDelete, Path: detail, ID: "collectibles_destroy", Tag: "collectibles", Summary: "Delete a collectible",
			Access: web.LoggedIn, IfMatch: true, Status: http.StatusNoContent, Fails: forbidden, Endpoint: web.JSON(s.deleteCollectible),
		},
		{
			Method: http.MethodGet, Path: "/api/v1/", ID: "root_retrieve", Access: web.LoggedIn, Hidden: true,
			Endpoint: web.Page(showRoot),
		},
	}
}

// showRoot lists the collections, as Django REST framework's router does.
func showRoot(w http.ResponseWriter, r *http.Request) {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	web.WriteJSON(w, http.StatusOK, map[string]string{"collectibles": scheme + "://" + r.Host + listPath})
}

type idRequest struct {
	ID int64 `path:"id"`
}

func (s *Service) createCollectible(ctx context.Context, in collectibleRequest) (collectibleResponse, error) {
	return collectibleOr(s.Create(ctx, in.change()))
}

func (s *Service) getCollectible(ctx context.Context, in idRequest) (collectibleResponse, error) {
	return collectibleOr(s.Get(ctx, in.ID))
}

type collectibleChangeRequest struct {
	ID int64 `path:"id"`
	collectibleRequest
}

func (s *Service) changeCollectible(ctx context.Context, in collectibleChangeRequest) (collectibleResponse, error) {
	return collectibleOr(s.Change(ctx, in.ID, in.change(), web.Guard(ctx, newCollectibleResponse)))
}

func (s *Service) deleteCollectible(ctx context.Context, in idRequest) (web.Nothing, error) {
	return web.Nothing{}, s.Delete(ctx, in.ID, web.Guard(ctx, newCollectibleResponse))
}

// collectibleOr converts a use case's result.
func collectibleOr(c *Collectible, err error) (collectibleResponse, error) {
	if err != nil {
		return collectibleResponse{}, err
	}
	return newCollectibleResponse(c), nil
}

type collectibleRequest struct {
	Store          core.Optional[int64]              `json:"store" field:"pk" help:"Store that owns this item; required on creation."`
	Name           core.Optional[string]             `json:"name" field:"required,max=255" help:"The common name of the collectible item."`
	SKU            core.Optional[string]             `json:"sku" field:"required,max=50" help:"Stock keeping unit, unique over all vendors."`
	Description    core.Optional[string]             `json:"description" field:"null,blank"`
	Condition      core.Optional[string]             `json:"condition" field:"null,blank,max=100" help:"Such as Mint, Near Mint."`
	Category       core.Optional[string]             `json:"category" field:"null,blank,max=100" help:"Such as TCG, Video Games, Collectibles."`
	ImageURL       core.Optional[string]             `json:"image_url" field:"null,blank,max=200,url,https" help:"Public address of an image."`
	Quantity       core.Optional[int32]              `json:"quantity" field:"least=0" message:"Quantity cannot be negative." help:"Units in stock."`
	IntakePrice    core.Optional[core.Money]         `json:"intake_price" field:"least=0" message:"Intake price cannot be negative." help:"What was paid for a unit."`
	Price          core.Optional[core.Money]         `json:"price" field:"least=0" message:"Price cannot be negative." help:"Current market value or selling price of a unit."`
	ProjectedPrice core.Optional[core.Money]         `json:"projected_price" field:"least=0" message:"Projected price cannot be negative." help:"Expected price of a unit."`
	CardDetails    core.Optional[cardDetailsRequest] `json:"card_details"`
	ImagePayloads  core.Optional[[]imageRequest]     `json:"image_payloads" help:"The images; on a change they replace all images."`
}

func (r collectibleRequest) change() CollectibleChange {
	change := CollectibleChange{
		StoreID: r.Store, Name: r.Name, SKU: r.SKU, Description: r.Description, Condition: r.Condition,
		Category: r.Category, ImageURL: r.ImageURL, Quantity: r.Quantity, IntakePrice: r.IntakePrice, Price: r.Price,
		ProjectedPrice: r.ProjectedPrice,
	}
	if r.CardDetails.Sent {
		change.Card = core.Some(CardChange(r.CardDetails.Value))
	}
	if r.ImagePayloads.Sent {
		change.Images = core.Some(make([]ImageInput, len(r.ImagePayloads.Value)))
		for i, image := range r.ImagePayloads.Value {
			change.Images.Value[i] = ImageInput(image)
		}
	}
	return change
}

type collectibleResponse struct {
	ID             int64                `json:"id"`
	User           *int64               `json:"user" help:"Who made the item."`
	Vendor         *int64               `json:"vendor"`
	Store          int64                `json:"store"`
	Name           string               `json:"name" field:"max=255"`
	SKU            string               `json:"sku" field:"max=50"`
	Description    *string              `json:"description"`
	Condition      *string              `json:"condition"`
	Category       *string              `json:"category"`
	ImageURL       *string              `json:"image_url"`
	Quantity       int32                `json:"quantity"`
	IntakePrice    core.Money           `json:"intake_price"`
	Price          core.Money           `json:"price"`
	ProjectedPrice core.Money           `json:"projected_price"`
	CardDetails    *cardDetailsResponse `json:"card_details"`
	Images         []imageResponse      `json:"images" help:"By sort order."`
	CreatedAt      core.Timestamp       `json:"created_at"`
	UpdatedAt      core.Timestamp       `json:"updated_at"`
}

func newCollectibleResponse(c *Collectible) collectibleResponse {
	res := collectibleResponse{
		ID: c.ID, User: c.UserID, Vendor: c.VendorID, Store: c.StoreID, Name: c.Name, SKU: c.SKU, Description: c.Description,
		Condition: c.Condition, Category: c.Category, ImageURL: c.ImageURL, Quantity: c.Quantity, IntakePrice: c.IntakePrice,
		Price: c.Price, ProjectedPrice: c.ProjectedPrice, Images: make([]imageResponse, len(c.Images)),
		CreatedAt: core.Timestamp(c.CreatedAt), UpdatedAt: core.Timestamp(c.UpdatedAt),
	}
	if c.Card != nil {
		res.CardDetails = newCardDetailsResponse(c.Card)
	}
	for i, image := range c.Images {
		res.Images[i] = newImageResponse(image)
	}
	return res
}
