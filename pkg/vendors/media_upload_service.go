package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// SetStoreLogo makes an uploaded image the logo of a store of the vendor that the actor runs. It fails as ChangeStore
// and storage.Images.Keep do.
func (s *Service) SetStoreLogo(ctx context.Context, id int64, file core.Upload) (*Store, error) {
	return s.setStoreImage(ctx, id, file, func(url string) StoreChange { return StoreChange{LogoURL: core.Some(url)} })
}

// SetStoreBanner is SetStoreLogo for the banner.
func (s *Service) SetStoreBanner(ctx context.Context, id int64, file core.Upload) (*Store, error) {
	return s.setStoreImage(ctx, id, file, func(url string) StoreChange { return StoreChange{BannerURL: core.Some(url)} })
}

func (s *Service) setStoreImage(
	ctx context.Context, id int64, file core.Upload, change func(url string) StoreChange,
) (*Store, error) {
	if _, err := s.Store(ctx, id); err != nil { // before the work
		return nil, err
	}
	kept, err := s.images.Keep(ctx, owner(id), file)
	if err != nil {
		return nil, err
	}
	st, err := s.ChangeStore(ctx, id, change(kept.URL), nil)
	if err != nil {
		s.images.Discard(ctx, owner(id), kept.URL)
		return nil, err
	}
	return st, nil
}

// forgetStoreImages has the images of all of a vendor's stores removed.
func (s *Service) forgetStoreImages(ctx context.Context, tx bun.Tx, vendorID int64) error {
	stores, err := selectStores(ctx, tx, vendorID)
	if err != nil {
		return err
	}
	for _, st := range stores {
		s.images.Replace(ctx, owner(st.ID), st.images(), nil)
	}
	return nil
}

func owner(storeID int64) storage.Owner { return storage.Owner{Kind: storage.Stores, ID: storeID} }

// images are the addresses of those that the store shows.
func (st *Store) images() (addresses []string) {
	for _, address := range []*string{st.LogoURL, st.BannerURL} {
		if address != nil {
			addresses = append(addresses, *address)
		}
	}
	return addresses
}
