package inventory

import "github.com/omni-stock/omnistock/pkg/core"

type imageRequest struct {
	URL       string                   `json:"url" field:"required,max=200,url"`
	MediaType core.Optional[ImageType] `json:"media_type"`
	SortOrder core.Optional[int32]     `json:"sort_order" field:"least=0" help:"From 0; unique for the item."`
	IsPrimary core.Optional[bool]      `json:"is_primary"`
	Width     core.Optional[int32]     `json:"width" field:"null,least=0" help:"Pixels."`
	Height    core.Optional[int32]     `json:"height" field:"null,least=0" help:"Pixels."`
	SizeKB    core.Optional[int32]     `json:"size_kb" field:"null,least=0"`
	Metadata  core.Optional[core.JSON] `json:"metadata"`
}

type imageResponse struct {
	ID        int64          `json:"id"`
	URL       string         `json:"url"`
	MediaType ImageType      `json:"media_type"`
	SortOrder int32          `json:"sort_order"`
	IsPrimary bool           `json:"is_primary"`
	Width     *int32         `json:"width"`
	Height    *int32         `json:"height"`
	SizeKB    *int32         `json:"size_kb"`
	Metadata  core.JSON      `json:"metadata"`
	CreatedAt core.Timestamp `json:"created_at"`
	UpdatedAt core.Timestamp `json:"updated_at"`
}

func newImageResponse(im *Image) imageResponse {
	return imageResponse{
		ID: im.ID, URL: im.URL, MediaType: im.MediaType, SortOrder: im.SortOrder, IsPrimary: im.IsPrimary, Width: im.Width,
		Height: im.Height, SizeKB: im.SizeKB, Metadata: im.Metadata, CreatedAt: core.Timestamp(im.CreatedAt),
		UpdatedAt: core.Timestamp(im.UpdatedAt),
	}
}
