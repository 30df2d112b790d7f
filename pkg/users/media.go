package users

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// Media is an image of a user: where it lies, and what it is for. A user has at most one of each type.
type Media struct {
	bun.BaseModel `bun:"table:users_usermedia,alias:m"`

	ID        int64     `bun:"id,pk,autoincrement"`
	MediaType MediaType `bun:"media_type"`
	URL       string    `bun:"url"`
	Width     *int32    `bun:"width"`  // pixels
	Height    *int32    `bun:"height"` // pixels
	SizeKB    *int32    `bun:"size_kb"`
	Metadata  core.JSON `bun:"metadata"` // an object
	CreatedAt time.Time `bun:"created_at"`
	UpdatedAt time.Time `bun:"updated_at"`
	UserID    int64     `bun:"user_id"`
}

// MediaType says what an image of a user is for.
type MediaType string

// The types of images.
const (
	MediaProfileAvatar    MediaType = "profile_avatar"
	MediaVendorLogo       MediaType = "vendor_logo"
	MediaStorefrontBanner MediaType = "storefront_banner"
	MediaUserBanner       MediaType = "user_banner"
)

// Choices lists the types.
func (MediaType) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(MediaProfileAvatar), Label: "Profile Avatar"},
		{Value: string(MediaVendorLogo), Label: "Vendor Logo"},
		{Value: string(MediaStorefrontBanner), Label: "Storefront Banner"},
		{Value: string(MediaUserBanner), Label: "User Banner"},
	}
}

// userMediaRequest describes an image that lies elsewhere. It replaces the whole of an earlier description.
type userMediaRequest struct {
	MediaType MediaType            `json:"media_type" field:"required" help:"What the image is for. The field that it is sent in decides."`
	URL       string               `json:"url" field:"required,url,max=200"`
	Width     core.Optional[int32] `json:"width" field:"null,least=0" help:"Pixels."`
	Height    core.Optional[int32] `json:"height" field:"null,least=0" help:"Pixels."`
	SizeKB    core.Optional[int32] `json:"size_kb" field:"null,least=0"`
	Metadata  core.JSON            `json:"metadata" help:"An object of any shape."`
}

// newMedia is the image as a row of the type that the slot holds.
func (in userMediaRequest) newMedia(userID int64, slot MediaType, now time.Time) *Media {
	return &Media{
		MediaType: slot, URL: in.URL, Width: in.Width.Ptr(), Height: in.Height.Ptr(), SizeKB: in.SizeKB.Ptr(), Metadata: in.Metadata,
		CreatedAt: now, UpdatedAt: now, UserID: userID,
	}
}

// newAvatar is an uploaded image as the user's avatar.
func newAvatar(userID int64, kept *storage.Image, now time.Time) *Media {
	return &Media{
		MediaType: MediaProfileAvatar, URL: kept.URL, Width: &kept.Width, Height: &kept.Height, SizeKB: &kept.SizeKB,
		Metadata: kept.Metadata, CreatedAt: now, UpdatedAt: now, UserID: userID,
	}
}

// hasObject reports whether the metadata, if any, are an object.
func (in userMediaRequest) hasObject() bool { return len(in.Metadata) == 0 || in.Metadata[0] == '{' }
