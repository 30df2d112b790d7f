package inventory

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/users"
)

// maxImages is how many images a collectible may have for one more to be uploaded.
const maxImages = 100

// An ImageUpload is a new image of a collectible, as a file.
type ImageUpload struct {
	File      core.Upload
	SortOrder core.Optional[int32] // behind the others where it is absent
	IsPrimary core.Optional[bool]  // true where it is absent and no other image is the primary one
}

// AddImage stores an image of a collectible. A new primary image takes the place of the old one. It fails as Change does,
// where the sort order is taken, and as storage.Images.Keep does.
func (s *Service) AddImage(ctx context.Context, itemID int64, in ImageUpload) (image *Image, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	c, err := selectCollectible(ctx, s.db, a.VendorID, itemID)
	if err == nil && !a.MayWriteStore(c.StoreID) {
		err = errNoStoreAccess
	}
	if err != nil { // before the work; looked at again when the item is locked
		return nil, err
	}
	kept, err := s.images.Keep(ctx, owner(itemID), in.File)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		c, err := lockWritable(ctx, tx, a, itemID, nil)
		if err != nil {
			return err
		}
		if image, err = newUploadedImage(c, in, kept); err != nil {
			return err
		}
		return s.saveImage(ctx, tx, c, image)
	})
	if err != nil {
		s.images.Discard(ctx, owner(itemID), kept.URL)
		return nil, err
	}
	return image, nil
}

// newUploadedImage decides what the input leaves open. The collectible must have its images.
func newUploadedImage(c *Collectible, in ImageUpload, kept *storage.Image) (*Image, error) {
	if len(c.Images) >= maxImages {
		return nil, core.InvalidField("file", fmt.Sprintf("A collectible can have at most %d images.", maxImages))
	}
	order := in.SortOrder.Or(nextOrder(c.Images))
	if slices.ContainsFunc(c.Images, func(image *Image) bool { return image.SortOrder == order }) {
		return nil, core.InvalidField("sort_order", "Another image has this sort order.")
	}
	hasPrimary := slices.ContainsFunc(c.Images, func(image *Image) bool { return image.IsPrimary })
	image := &Image{
		ItemID: c.ID, URL: kept.URL, MediaType: ImageGallery, SortOrder: order, IsPrimary: in.IsPrimary.Or(!hasPrimary),
		Width: &kept.Width, Height: &kept.Height, SizeKB: &kept.SizeKB, Metadata: kept.Metadata,
	}
	if image.IsPrimary {
		image.MediaType = ImagePrimary
	}
	return image, nil
}

// nextOrder is the sort order behind the last image, or, where there is none, the first that is free.
func nextOrder(images []*Image) int32 {
	last, taken := int32(-1), map[int32]bool{}
	for _, image := range images {
		last = max(last, image.SortOrder)
		taken[image.SortOrder] = true
	}
	if last < math.MaxInt32 {
		return last + 1
	}
	for last = 0; taken[last]; {
		last++
	}
	return last
}

func (s *Service) saveImage(ctx context.Context, tx bun.Tx, c *Collectible, image *Image) error {
	c.UpdatedAt = s.now()
	image.CreatedAt, image.UpdatedAt = c.UpdatedAt, c.UpdatedAt
	if image.IsPrimary {
		if err := clearPrimary(ctx, tx, c.ID, c.UpdatedAt); err != nil {
			return err
		}
	}
	if err := insertImage(ctx, tx, image); err != nil {
		return err
	}
	return updateCollectible(ctx, tx, c, "updated_at")
}

// DeleteImage deletes one image of a collectible. It fails as Change does, and is NotFound where the collectible has no
// such image.
func (s *Service) DeleteImage(ctx context.Context, itemID, imageID int64) error {
	a, err := s.affiliation(ctx)
	if err != nil {
		return err
	}
	return db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		c, err := lockWritable(ctx, tx, a, itemID, nil)
		if err != nil {
			return err
		}
		before := c.addresses()
		i := slices.IndexFunc(c.Images, func(image *Image) bool { return image.ID == imageID })
		if i < 0 {
			return core.Errorf(core.NotFound, "Image matching query does not exist.")
		}
		c.Images = slices.Delete(c.Images, i, i+1)
		s.images.Replace(ctx, owner(itemID), before, c.addresses())
		if err := deleteImage(ctx, tx, imageID); err != nil {
			return err
		}
		c.UpdatedAt = s.now()
		return updateCollectible(ctx, tx, c, "updated_at")
	})
}

// forgetImagesOf has the images of all collectibles removed that a user made.
func (s *Service) forgetImagesOf(ctx context.Context, tx bun.Tx, u *users.User) error {
	shown, err := selectShown(ctx, tx, "user_id", u.ID)
	if err != nil {
		return err
	}
	for _, one := range shown {
		s.images.Replace(ctx, owner(one.ItemID), []string{one.URL}, nil)
	}
	return nil
}

func owner(itemID int64) storage.Owner { return storage.Owner{Kind: storage.Items, ID: itemID} }

// addresses are those of all images that the collectible shows.
func (c *Collectible) addresses() (all []string) {
	for _, image := range c.Images {
		all = append(all, image.URL)
	}
	if c.ImageURL != nil {
		all = append(all, *c.ImageURL)
	}
	return all
}
