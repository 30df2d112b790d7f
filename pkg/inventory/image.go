package inventory

import (
	"cmp"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An Image shows a collectible.
type Image struct {
	bun.BaseModel `bun:"table:collectibles_inventorymedia,alias:im"`

	ID        int64     `bun:"id,pk,autoincrement"`
	ItemID    int64     `bun:"item_id"`
	URL       string    `bun:"url"`
	MediaType ImageType `bun:"media_type"`
	SortOrder int32     `bun:"sort_order"` // from 0, unique for the item
	IsPrimary bool      `bun:"is_primary"`
	Width     *int32    `bun:"width"`   // pixels
	Height    *int32    `bun:"height"`  // pixels
	SizeKB    *int32    `bun:"size_kb"` // kilobytes
	Metadata  core.JSON `bun:"metadata"`
	CreatedAt time.Time `bun:"created_at"`
	UpdatedAt time.Time `bun:"updated_at"`
}

// ImageType says whether an image is the first one that is shown.
type ImageType string

// The types of image.
const (
	ImagePrimary ImageType = "primary"
	ImageGallery ImageType = "gallery"
)

// Choices lists the types of image.
func (ImageType) Choices() []core.Choice {
	return []core.Choice{{Value: string(ImagePrimary), Label: "Primary Image"}, {Value: string(ImageGallery), Label: "Gallery Image"}}
}

// ImageInput is a new image. What is absent is decided here: see newImages.
type ImageInput struct {
	URL       string
	MediaType core.Optional[ImageType]
	SortOrder core.Optional[int32]
	IsPrimary core.Optional[bool]
	Width     core.Optional[int32]
	Height    core.Optional[int32]
	SizeKB    core.Optional[int32]
	Metadata  core.Optional[core.JSON]
}

// newImages makes the images of an item. One without a sort order takes the first free one from its place in the list
// on; one without a type is a gallery image, or the primary one if it says so. Invalid where two share a sort order or
// two are primary.
func newImages(itemID int64, inputs []ImageInput, now time.Time) ([]*Image, error) {
	taken, primaries := map[int32]bool{}, 0
	for _, in := range inputs {
		if in.SortOrder.HasValue() && taken[in.SortOrder.Value] {
			return nil, core.InvalidField("image_payloads", "The fields item, sort_order must make a unique set.")
		}
		taken[in.SortOrder.Or(-1)] = true
		if in.IsPrimary.Value {
			primaries++
		}
	}
	if primaries > 1 {
		return nil, core.InvalidField("image_payloads", "Only one image can be the primary one.")
	}
	images := make([]*Image, len(inputs))
	for i, in := range inputs {
		order := in.SortOrder.Or(int32(i))
		for !in.SortOrder.HasValue() && taken[order] {
			order++
		}
		taken[order] = true
		images[i] = in.image(itemID, order, now)
	}
	return images, nil
}

func (in ImageInput) image(itemID int64, order int32, now time.Time) *Image {
	mediaType := ImageGallery
	if in.IsPrimary.Value {
		mediaType = ImagePrimary
	}
	return &Image{
		ItemID: itemID, URL: in.URL, MediaType: in.MediaType.Or(mediaType), SortOrder: order, IsPrimary: in.IsPrimary.Value,
		Width: in.Width.Ptr(), Height: in.Height.Ptr(), SizeKB: in.SizeKB.Ptr(), Metadata: in.Metadata.Value,
		CreatedAt: now, UpdatedAt: now,
	}
}

func sortImages(images []*Image) {
	slices.SortFunc(images, func(a, b *Image) int { return cmp.Compare(a.SortOrder, b.SortOrder) })
}
